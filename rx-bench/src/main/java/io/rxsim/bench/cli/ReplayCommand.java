package io.rxsim.bench.cli;

import io.rxsim.bench.scenario.NoWorkload;
import io.rxsim.bench.scenario.Study;
import io.rxsim.bench.scenario.StudyReader;
import io.rxsim.bench.scenario.Tree;
import io.rxsim.bench.scenario.Where;
import io.rxsim.bench.scenario.WorkloadReader;
import io.rxsim.core.cpu.CpuMask;
import io.rxsim.core.run.Machine;
import io.rxsim.core.run.Measure;
import io.rxsim.core.run.Scenario;
import io.rxsim.workload.netty.replay.SendOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code rx replay}: a capture through a host given by options, under none, RPS and RFS. */
@Command(
        name = "replay",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = {
            "Drives the model with a capture (pcap or pcapng, gzip'ed or not; - is standard input) and shows"
                    + " none, RPS and RFS side by side. What is not given takes a default, which is shown.",
            "With --live the packets are sent for real: through sockets on loopback, at their time, to the live engine."
        },
        footer = {
            "",
            "Examples:",
            "  rx replay config/captures/redis.pcap.gz",
            "  rx replay web.pcapng --host xeon-e5450-2x4 --rps-cpus fe --speed 10 --service 5us",
            "  rx replay trace.pcap --top-speed --to 10.0.0.2 --format json -o out",
            "  rx replay esp.pcap --sa esp-keys.csv --crypto serial,padata",
            "  rx replay web.pcapng --live --tcp --speed 0.5"
        })
final class ReplayCommand implements Callable<Integer> {
    private final CommandContext context;

    @Parameters(paramLabel = "CAPTURE", description = "Capture file, or - for standard input.")
    private String capture;

    @Option(
            names = "--host",
            paramLabel = "FILE",
            description = "Host profile: a file, or a shipped one: e5-1650v4 (default), xeon-2x4-2009, xeon-e5450-2x4.")
    private String host;

    @Mixin
    private HostOptions hostOptions = new HostOptions();

    @Option(names = "--speed", paramLabel = "X", description = "Replay X times as fast as recorded, default 1.")
    private String speed;

    @Option(names = "--top-speed", description = "Replay as fast as the host takes it.")
    private boolean topSpeed;

    @Option(
            names = "--to",
            paramLabel = "ADDRESS[,...]",
            description = "Only packets to these addresses arrive; the others are counted. Default: all arrive.")
    private String to;

    @Option(
            names = "--max-flows",
            paramLabel = "N",
            description = "Flows kept at once, default 1000000; beyond, the oldest is closed and counted.")
    private String maxFlows;

    @Option(
            names = "--sa",
            paramLabel = "FILE",
            description =
                    "Security associations (CSV: spi,mode,algorithm,key_hex,salt_hex): ESP packets are decrypted.")
    private String associations;

    @Mixin
    private CryptoOptions crypto = new CryptoOptions();

    @Option(
            names = "--placement",
            paramLabel = "pinned[:MASK]|migrating:RATE",
            description = "Where application threads run, default pinned (round robin over the online CPUs).")
    private String placement;

    @Option(names = "--service", paramLabel = "TIME", description = "Work of the thread per packet, default 1us.")
    private String service;

    @Option(names = "--seed", paramLabel = "N", description = "Seed of every random stream and hash key, default 1.")
    private String seed;

    @Mixin
    private LiveReplayOptions liveOptions = new LiveReplayOptions();

    @Mixin
    private OutputOptions output = new OutputOptions();

    ReplayCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        OutputOptions.path("CAPTURE", capture);
        if (liveOptions.isLive()) {
            return live();
        }
        liveOptions.refuseWithoutLive();
        return new StudyRunner(context).run(study(), output);
    }

    /** The RFS variant of the same study, for real. */
    private int live() {
        Map<String, String> virtual = new LinkedHashMap<>();
        virtual.put("--sa", associations);
        virtual.put("--crypto", crypto.overlays().isEmpty() ? null : "given");
        virtual.put("--placement", placement);
        virtual.put("--service", service);
        virtual.put("--repeat", output.repeat());
        LiveReplayOptions.refuseVirtual(virtual);
        SendOptions sending = liveOptions.sending(speed, topSpeed, Measure.UNTIL_END);
        // The sender scales the recorded times, which the result shows too.
        speed = null;
        topSpeed = false;
        Study study = study();
        List<Scenario> rfs = study.variants()
                .subList(study.variants().size() - 1, study.variants().size());
        return new LiveReplayRunner(context).run(study, rfs, sending, output);
    }

    private Study study() {
        List<Tree.Mapping> overlays = hostOptions.overlays();
        Overlays.add(overlays, "--host", "host", host);
        Overlays.add(overlays, "CAPTURE", "workload.capture", capture);
        Overlays.add(overlays, "--speed", "workload.speed", speed);
        Overlays.add(overlays, "--top-speed", "workload.top_speed", topSpeed ? "true" : null);
        Overlays.addList(overlays, "--to", "workload.to", to == null ? List.of() : List.of(to.split(",", -1)));
        Overlays.add(overlays, "--max-flows", "workload.max_flows", maxFlows);
        Overlays.add(overlays, "--sa", "workload.sa", associations);
        Overlays.add(overlays, "--placement", "application.placement", placement);
        Overlays.add(overlays, "--service", "application.service", service);
        Overlays.add(overlays, "--seed", "seed", seed);
        Overlays.add(overlays, "--repeat", "repeat", output.repeat());
        Tree.Mapping nothing = Tree.empty(Where.option("rx replay"));
        Path here = Path.of("").toAbsolutePath();
        Study asGiven = StudyReader.read(nothing, here, overlays, (section, folder) -> {
            section.keys().forEach(section::find);
            return new NoWorkload();
        });
        Map<String, String> chosen = defaults(asGiven.variants().get(0).machine());
        chosen.forEach((path, value) -> Overlays.add(overlays, "rx replay", path, value));
        overlays.addAll(crypto.overlays());
        Study study = StudyReader.read(nothing, here, overlays, new WorkloadReader(context.in()));
        List<String> defaults = new ArrayList<>();
        chosen.forEach((path, value) -> defaults.add(path + "=" + value));
        defaults.addAll(study.defaults());
        return study.withDefaults(defaults);
    }

    /** RPS to all CPUs without an interrupt, and RFS tables as the kernel's documentation suggests for a moderately loaded server. */
    private Map<String, String> defaults(Machine machine) {
        Map<String, String> defaults = new LinkedHashMap<>();
        if (!hostOptions.hasRpsCpus()) {
            defaults.put("queues.rx-*.rps_cpus", withoutIrqCpus(machine).toString());
        }
        if (!hostOptions.hasRpsFlowCnt()) {
            int perQueue = Math.max(1, HostOptions.TABLE_ENTRIES / machine.nic().queues());
            defaults.put("queues.rx-*.rps_flow_cnt", Integer.toString(perQueue));
        }
        if (!hostOptions.hasRpsSockFlowEntries()) {
            defaults.put("sysctl.net.core.rps_sock_flow_entries", Integer.toString(HostOptions.TABLE_ENTRIES));
        }
        return defaults;
    }

    private static CpuMask withoutIrqCpus(Machine machine) {
        CpuMask mask = machine.online();
        for (int queue = 0; queue < machine.nic().queues(); queue++) {
            mask = mask.andNot(CpuMask.of(machine.irqCpu(queue), machine.cpuCount()));
        }
        return mask.isEmpty() ? machine.online() : mask;
    }
}
