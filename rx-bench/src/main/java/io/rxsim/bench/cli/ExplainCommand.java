package io.rxsim.bench.cli;

import io.rxsim.bench.report.Csv;
import io.rxsim.bench.report.JsonText;
import io.rxsim.bench.report.OutputFormat;
import io.rxsim.bench.scenario.BadInputException;
import io.rxsim.bench.scenario.HostFile;
import io.rxsim.bench.scenario.NoWorkload;
import io.rxsim.bench.scenario.Overlay;
import io.rxsim.bench.scenario.Study;
import io.rxsim.bench.scenario.StudyReader;
import io.rxsim.bench.scenario.Tree;
import io.rxsim.bench.scenario.Where;
import io.rxsim.core.cpu.CpuTopology;
import io.rxsim.core.kernel.Rule;
import io.rxsim.core.packet.FlowInput;
import io.rxsim.core.packet.RssHash;
import io.rxsim.core.run.Machine;
import io.rxsim.core.steer.Decision;
import io.rxsim.workload.spec.PacketHashing;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code rx explain}: one packet's decision step by step, or one line for each flow of a list. */
@Command(
        name = "explain",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = {
            "Explains where a packet goes: hash, RSS bucket, queue, interrupt, RPS map, RFS tables, verdict. Without FLOW,"
                    + " flows are read from standard input (first comma-separated field of a line) and answered as"
                    + " input,hash,index,cpu,reason.",
            FlowLines.SYNTAX
        },
        footer = {
            "",
            "Examples:",
            "  rx explain 'tcp:10.0.0.1:1234>10.0.0.2:80' --nr-cpus 4 --rps-cpus f",
            "  rx explain hash:0x51ccc178 --nr-cpus 4 --rps-cpus f --desired 2 --current 1 --head 2 --last-qtail 3",
            "  rx explain --kernel v6.18 --nr-cpus 4 --rps-cpus f --format csv < flows.txt"
        })
final class ExplainCommand implements Callable<Integer> {
    private final CommandContext context;

    @Parameters(
            arity = "0..1",
            paramLabel = "FLOW",
            description = "Flow; without it, flows are read from standard input.")
    private String flow;

    @Option(names = "--nr-cpus", paramLabel = "N", description = "CPUs of the host, default 8.")
    private String nrCpus = "8";

    @Mixin
    private HostOptions hostOptions = new HostOptions();

    @Option(names = "--desired", paramLabel = "CPU", description = "RFS: the CPU of the flow's last recv.")
    private String desired;

    @Option(names = "--current", paramLabel = "CPU", description = "RFS: the CPU in the flow's slot.")
    private String current;

    @Option(names = "--head", paramLabel = "N", description = "RFS: input_queue_head of the current CPU, default 0.")
    private String head;

    @Option(names = "--last-qtail", paramLabel = "N", description = "RFS: last_qtail of the flow's slot, default 0.")
    private String lastQtail;

    @Mixin
    private HashKeyOptions keyOptions = new HashKeyOptions();

    @Option(
            names = "--rss-key",
            paramLabel = "HEX",
            description = "Toeplitz key, 40 bytes or more. Default: bytes 00..27.")
    private String rssKey;

    @Option(
            names = "--format",
            paramLabel = "table|json|csv",
            description = "Steps for people (default for FLOW), one JSON object per flow, or CSV (default for a list).")
    private String format;

    ExplainCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        FlowLines.check(flow);
        OutputFormat shape = shape();
        List<String> notes = new ArrayList<>();
        Machine machine = machine(notes);
        Explanation.State state = state(machine);
        notes.forEach(context::note);
        boolean siphash = machine.rules().has(Rule.FLOW_DISSECTOR);
        PacketHashing hashing = new PacketHashing(machine.rules(), keyOptions.keys(siphash, rssKeyBytes(), context));
        Explainer explainer = new Explainer(machine, hashing, state);
        return new FlowLines(context).read(flow, new FlowLines.Sink() {
            @Override
            public void onStart() {
                if (shape == OutputFormat.CSV) {
                    context.out().print(Csv.line(List.of("input", "hash", "index", "cpu", "reason")));
                }
            }

            @Override
            public void onFlow(String text, FlowInput input) {
                show(shape, text, explainer.explain(input), machine, state);
            }

            @Override
            public void onBadLine(String text) {
                showBadLine(shape, text);
            }
        });
    }

    private OutputFormat shape() {
        if (format == null) {
            return flow == null ? OutputFormat.CSV : OutputFormat.TABLE;
        }
        return FormatOption.parse(OutputFormat.values(), format);
    }

    private Machine machine(List<String> notes) {
        int cpus = (int) number("--nr-cpus", nrCpus, 1, CpuTopology.MAX_CPUS);
        List<Tree.Mapping> overlays = hostOptions.overlays();
        overlays.add(Overlay.of("--nr-cpus", "host", HostFile.flat(cpus)));
        overlays.add(Overlay.of("rx explain", "workload.capture", new Tree.Scalar("-", true, Where.option("FLOW"))));
        String entries = Integer.toString(HostOptions.TABLE_ENTRIES);
        boolean rfs = desired != null || current != null || head != null || lastQtail != null;
        if (rfs && !hostOptions.hasRpsFlowCnt()) {
            notes.add("no --rps-flow-cnt given: " + entries + " is used");
            Overlays.add(overlays, "rx explain", "queues.rx-*.rps_flow_cnt", entries);
        }
        if (rfs && !hostOptions.hasRpsSockFlowEntries()) {
            notes.add("no --rps-sock-flow-entries given: " + entries + " is used");
            Overlays.add(overlays, "rx explain", "sysctl.net.core.rps_sock_flow_entries", entries);
        }
        overlays.add(Overlay.of("rx explain", "steering", new Tree.Scalar("rfs", true, Where.option("rx explain"))));
        Study study = StudyReader.read(
                Tree.empty(Where.option("rx explain")), Path.of(""), overlays, (section, folder) -> new NoWorkload());
        notes.addAll(study.notes());
        return study.variants().get(0).machine();
    }

    private Explanation.State state(Machine machine) {
        if (current == null && (head != null || lastQtail != null)) {
            throw new BadInputException("--head and --last-qtail belong to the flow's slot: --current CPU is missing");
        }
        int last = machine.cpuCount() - 1;
        long max = 0xffffffffL;
        return new Explanation.State(
                desired == null ? -1 : (int) number("--desired", desired, 0, last),
                current == null ? -1 : (int) number("--current", current, 0, last),
                head == null ? 0 : (int) number("--head", head, 0, max),
                lastQtail == null ? 0 : (int) number("--last-qtail", lastQtail, 0, max));
    }

    private static long number(String option, String text, long min, long max) {
        if (text.matches("\\d{1,10}") && Long.parseLong(text) >= min && Long.parseLong(text) <= max) {
            return Long.parseLong(text);
        }
        throw new BadInputException(option + " " + text + ": allowed is a whole number from " + min + " to " + max);
    }

    private byte[] rssKeyBytes() {
        if (rssKey != null) {
            return HashKeyOptions.hex("--rss-key", rssKey, RssHash.MIN_KEY_BYTES, 256);
        }
        byte[] key = new byte[RssHash.MIN_KEY_BYTES];
        for (int i = 0; i < key.length; i++) {
            key[i] = (byte) i;
        }
        return key;
    }

    private void show(
            OutputFormat shape, String text, Explanation explained, Machine machine, Explanation.State state) {
        if (shape == OutputFormat.TABLE) {
            context.out()
                    .println(ExplanationText.of(text, explained, machine, state).stripTrailing());
            if (flow == null) {
                context.out().println();
            }
            return;
        }
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("input", text);
        row.put("hash", HexFormat.of().toHexDigits(explained.hash()));
        row.put("index", explained.rpsIndex() < 0 ? null : explained.rpsIndex());
        row.put("cpu", explained.cpu() == Decision.NO_CPU ? null : explained.cpu());
        row.put("reason", explained.reason().label());
        print(shape, row);
    }

    private void showBadLine(OutputFormat shape, String text) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("input", text);
        Arrays.asList("hash", "index", "cpu").forEach(name -> row.put(name, null));
        row.put("reason", "error");
        if (shape == OutputFormat.TABLE) {
            context.out().println("flow             " + text + "\nverdict          error\n");
        } else {
            print(shape, row);
        }
    }

    private void print(OutputFormat shape, Map<String, Object> row) {
        context.out().print(shape == OutputFormat.CSV ? Csv.line(row.values()) : JsonText.line(row));
    }
}
