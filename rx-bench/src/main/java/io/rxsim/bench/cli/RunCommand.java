package io.rxsim.bench.cli;

import io.rxsim.bench.scenario.Matrix;
import io.rxsim.bench.scenario.Overlay;
import io.rxsim.bench.scenario.Study;
import io.rxsim.bench.scenario.StudyReader;
import io.rxsim.bench.scenario.Tree;
import io.rxsim.bench.scenario.WorkloadReader;
import io.rxsim.bench.scenario.YamlText;
import io.rxsim.workload.netty.replay.SendOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code rx run}: the variants of a scenario file, side by side. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description =
                "Simulates a scenario file and shows its variants side by side (none, RPS, RFS unless it names others).",
        footer = {
            "",
            "Examples:",
            "  rx run config/quickstart.yaml",
            "  rx run config/udp-stream.yaml --set workload.rate=900k/s --set queues.rx-0.rps_cpus=0e --format json",
            "  rx run config/quickstart.yaml --without tail-check -o out",
            "  rx run config/ipsec.yaml"
        })
final class RunCommand implements Callable<Integer> {
    private final CommandContext context;

    @Parameters(paramLabel = "SCENARIO", description = "Scenario file; config/reference.yaml states every key.")
    private String scenario;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "Replace a setting, e.g. nic.ring=512 or sysctl.net.core.netdev_max_backlog=300. Repeatable.")
    private List<String> settings = new ArrayList<>();

    @Option(names = "--seed", paramLabel = "N", description = "Seed of every random stream and hash key.")
    private String seed;

    @Option(
            names = "--without",
            paramLabel = "RULE",
            description = "Switch off a rule of the kernel, e.g. tail-check, to see what it is for. Repeatable.")
    private List<String> without = new ArrayList<>();

    @Option(
            names = "--engine",
            paramLabel = "virtual|live",
            description = "virtual (default) models time; live plays the arrivals of an open loop in real time, through"
                    + " sockets on loopback and the live engine.")
    private String engine = "virtual";

    private enum EngineName {
        VIRTUAL,
        LIVE
    }

    @Mixin
    private OutputOptions output = new OutputOptions();

    RunCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        EngineName chosen = FormatOption.parse("engine", EngineName.values(), engine);
        List<Tree.Mapping> overlays = new ArrayList<>();
        settings.forEach(setting -> overlays.add(Overlay.ofSet(setting)));
        Overlays.add(overlays, "--seed", "seed", seed);
        Overlays.add(overlays, "--repeat", "repeat", output.repeat());
        Overlays.addList(overlays, "--without", "without", without);
        Path file = OutputOptions.path("SCENARIO", scenario);
        Tree.Mapping document = YamlText.read(file);
        Matrix matrix = Matrix.of(document);
        if (matrix != null) {
            return new MatrixRunner(context, file, document).run(matrix, overlays, output);
        }
        Study study = StudyReader.read(file, overlays, new WorkloadReader(context.in()));
        if (chosen == EngineName.LIVE) {
            SendOptions sending = LiveScenarios.sending(study);
            LiveScenarios.notApplied(study).forEach(context::note);
            return new LiveReplayRunner(context).run(study, study.variants(), sending, output);
        }
        return new StudyRunner(context).run(study, output);
    }
}
