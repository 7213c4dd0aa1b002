package io.rxsim.bench.cli;

import io.rxsim.bench.report.Csv;
import io.rxsim.bench.scenario.BadInputException;
import io.rxsim.core.cpu.CpuMask;
import io.rxsim.core.cpu.CpuTopology;
import io.rxsim.core.kernel.Errno;
import io.rxsim.core.kernel.KernelRules;
import io.rxsim.core.run.NearNames;
import io.rxsim.core.sysctl.HostSettings;
import io.rxsim.core.sysctl.Knob;
import io.rxsim.core.sysctl.Threaded;
import io.rxsim.core.sysctl.Written;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code rx sysctl}: what a write to a file that sets the receive path answers and leaves, as CSV. */
@Command(
        name = "sysctl",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = {
            "Answers writes to settings as the kernel does: bytes taken or errno, and what is read back, as CSV:"
                    + " input,ret,errno,readback. Writes are NAME=VALUE, as argument or as lines of standard input.",
            "NAME is a sysctl name (net.core.netdev_budget, or short netdev_budget), rps_cpus, rps_flow_cnt, or"
                    + " threaded of a device with NAPI. VALUE is the bytes of one write, with \\n, \\t, \\\\ and \\xNN for others.",
            "Each line starts from the state that the line before left."
        },
        footer = {
            "",
            "Examples:",
            "  rx sysctl net.core.netdev_budget_usecs=100 --kernel v6.18",
            "  rx sysctl --nr-cpus 40 'rps_cpus=ff,3\\n'",
            "  rx sysctl --before 64 --kernel v2.6.35 < writes.txt",
            "",
            "Exit status: 0 every write was taken, 2 a write was refused, bad usage or bad input."
        })
final class SysctlCommand implements Callable<Integer> {
    private static final int CHECK_EVERY = 1024;

    private final CommandContext context;

    @Parameters(
            arity = "0..1",
            paramLabel = "NAME=VALUE",
            description = "A write; without it, lines of standard input.")
    private String write;

    @Mixin
    private HostFileOptions options = new HostFileOptions();

    @Option(
            names = "--before",
            paramLabel = "VALUE",
            description = "Start each line with this value in its file, and everything else as after boot.")
    private String before;

    @Option(names = "--independent", description = "Start each line from the state after boot.")
    private boolean independent;

    private KernelRules rules;
    private HostSettings host;
    private final Map<String, Knob> sysfs = new TreeMap<>();

    SysctlCommand(CommandContext context) {
        this.context = context;
    }

    /** The options that say what host it is. */
    static final class HostFileOptions {
        @Option(names = "--kernel", paramLabel = "VERSION", description = "v6.18 (default) or v2.6.35.")
        private String kernel;

        @Option(names = "--nr-cpus", paramLabel = "N", description = "CPUs of the host, default 8.")
        private int nrCpus = 8;

        @Option(names = "--online", paramLabel = "MASK", description = "CPUs online, default all.")
        private String online;

        @Option(names = "--isolated", paramLabel = "MASK", description = "CPUs isolated at boot, default none.")
        private String isolated;

        @Option(names = "--hz", paramLabel = "HZ", description = "Ticks per second: 100 to 1000, default 250.")
        private int hz = 250;

        private HostSettings boot(KernelRules rules) {
            CpuMask all = CpuMask.all(nrCpus);
            CpuMask notIsolated = all.andNot(mask("--isolated", isolated, CpuMask.empty(nrCpus)));
            return new HostSettings(rules, hz, mask("--online", online, all), notIsolated, HostSettings.UNBOUNDED);
        }

        private CpuMask mask(String option, String text, CpuMask byDefault) {
            try {
                return text == null ? byDefault : CpuMask.parse(text, nrCpus);
            } catch (IllegalArgumentException e) {
                throw new BadInputException(option + " " + text + ": " + e.getMessage());
            }
        }

        private void check() {
            range("--nr-cpus", nrCpus, 1, CpuTopology.MAX_CPUS);
            range("--hz", hz, 100, 1000);
        }

        private static void range(String option, int value, int least, int most) {
            if (value < least || value > most) {
                throw new BadInputException(
                        option + " " + value + ": allowed is a whole number from " + least + " to " + most);
            }
        }
    }

    @Override
    public Integer call() {
        options.check();
        if (independent && before != null) {
            throw new BadInputException("--before: every line starts with it already, not together with --independent");
        }
        rules = KernelVersion.of(options.kernel, KernelRules.V6_18);
        if (!rules.hasRps()) {
            throw new BadInputException("--kernel: settings of " + rules.version() + " are not modelled, allowed are "
                    + KernelRules.V6_18 + " and " + KernelRules.V2_6_35);
        }
        boot();
        if (write != null && !write.contains("=")) {
            throw new BadInputException("NAME=VALUE " + write + ": = is missing");
        }
        context.out().print(Csv.line(List.of("input", "ret", "errno", "readback")));
        return write != null ? answer(write, "NAME=VALUE " + write) : readLines();
    }

    private void boot() {
        host = options.boot(rules);
        sysfs.clear();
        sysfs.put(HostSettings.RPS_CPUS, host.newRpsCpus());
        sysfs.put(HostSettings.RPS_FLOW_CNT, host.newRpsFlowCnt());
        Threaded threaded = host.newThreaded(true);
        if (threaded != null) {
            sysfs.put(HostSettings.THREADED, threaded);
        }
    }

    private int readLines() {
        int code = ExitCode.DONE;
        long number = 0;
        BufferedReader lines = new BufferedReader(new InputStreamReader(context.in(), StandardCharsets.UTF_8));
        try {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                if (!line.isBlank()) {
                    code = Math.max(code, answer(line, "standard input:" + number));
                }
                if (number % CHECK_EVERY == 0 && context.out().checkError()) {
                    break;
                }
            }
        } catch (IOException e) {
            throw new BadInputException("standard input: " + e.getMessage());
        }
        return code;
    }

    /** Answers one write; what cannot be asked is said on standard error and answered with blanks. */
    private int answer(String line, String where) {
        int equals = line.indexOf('=');
        String name = equals < 0 ? line : line.substring(0, equals).strip();
        if (before != null || independent) {
            boot();
        }
        Knob knob = knob(name);
        String value;
        try {
            value = equals < 0 ? null : EscapedBytes.parse(line.substring(equals + 1));
            boolean known = knob != null || name.equals(HostSettings.THREADED) || HostSettings.isKnown(longName(name));
            if (value == null || !known) {
                throw new BadInputException(value == null ? "= is missing" : "unknown setting " + name + hint(name));
            }
            if (knob == null) {
                context.err().println(where + ": " + name + " does not exist in " + rules.version());
                return row(line, -1, Errno.ENOENT, null);
            }
            prepare(knob);
        } catch (BadInputException e) {
            context.err().println(where + ": " + e.getMessage());
            return row(line, null, null, null);
        }
        Written written = knob.write(value);
        return row(line, written.ret(), written.errno(), knob.text());
    }

    private void prepare(Knob knob) {
        if (before == null) {
            return;
        }
        Written written = knob.write(EscapedBytes.parse(before));
        if (written.isRefused()) {
            throw new BadInputException("--before " + before + ": " + knob.name() + " refuses it: " + written.errno()
                    + ": " + written.reason());
        }
    }

    private int row(String line, Integer ret, Errno errno, String readBack) {
        context.out().print(Csv.line(Arrays.asList(line, ret, errno, readBack)));
        return ret == null || errno != null ? ExitCode.BAD_INPUT : ExitCode.DONE;
    }

    private Knob knob(String name) {
        Knob file = sysfs.get(name);
        return file != null ? file : host.sysctl(longName(name));
    }

    /** sysctl(8) takes slashes for dots; a name without either is one of net.core. */
    private static String longName(String name) {
        String dotted = name.replace('/', '.');
        return dotted.contains(".") ? dotted : "net.core." + dotted;
    }

    private String hint(String name) {
        List<String> all = new ArrayList<>(sysfs.keySet());
        host.sysctls().forEach(knob -> all.add(knob.name()));
        return NearNames.hint(NearNames.nearest(name, all) == null ? longName(name) : name, all);
    }
}
