package io.rxsim.bench.verify.kernel;

import io.rxsim.core.cost.HostProfile;
import io.rxsim.core.cost.Stage;
import io.rxsim.core.cost.StageCost;
import io.rxsim.core.cpu.CpuMask;
import io.rxsim.core.cpu.CpuTopology;
import io.rxsim.core.cpu.Distance;
import io.rxsim.core.kernel.KernelRules;
import io.rxsim.core.run.Machine;
import io.rxsim.core.run.NetConfig;
import io.rxsim.core.run.NicConfig;
import io.rxsim.core.sysctl.HostSettings;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;

/** The machine this runs on, as far as steering depends on it. Decisions are compared, not times: all work costs the same. */
final class KernelMachine {
    private static final Path CPUS = Path.of("/sys/devices/system/cpu");
    private static final int MAX_TEST_CPUS = 4;
    private static final int STAGE_NS = 100;
    private static final int HZ = 250;
    private static final int BACKLOG = 1000;
    private static final int BUDGET = 300;
    private static final int BUDGET_USECS = 8000;
    private static final int RING = 256;

    private final int nrCpuIds;
    private final CpuMask online;
    private final List<Integer> testCpus;

    private KernelMachine(int nrCpuIds, CpuMask online, List<Integer> testCpus) {
        this.nrCpuIds = nrCpuIds;
        this.online = online;
        this.testCpus = testCpus;
    }

    /**
     * Reads the CPUs from sysfs. The test uses up to four that are online, not isolated and allowed to this process.
     *
     * @param allowed the process's own CPU list, as {@code Cpus_allowed_list} in its status shows it
     * @throws SkippedException if there are less than two
     */
    static KernelMachine read(String allowed) {
        List<Integer> usable = list(KernelFile.read(CPUS.resolve("online")));
        usable.retainAll(list(allowed));
        usable.removeAll(list(KernelFile.read(CPUS.resolve("isolated"))));
        if (usable.size() < 2) {
            throw new SkippedException(
                    "two CPUs are needed that are online, not isolated and allowed to this process, here are "
                            + usable.size());
        }
        return of(
                KernelFile.read(CPUS.resolve("possible")),
                KernelFile.read(CPUS.resolve("online")),
                usable.subList(0, Math.min(MAX_TEST_CPUS, usable.size())));
    }

    /** A machine with these CPUs possible and online, as lists, of which a test uses some. */
    static KernelMachine of(String possible, String online, List<Integer> testCpus) {
        int nrCpuIds = Collections.max(list(possible)) + 1;
        CpuMask rest = CpuMask.all(nrCpuIds);
        for (int cpu : list(online)) {
            rest = rest.andNot(CpuMask.of(cpu, nrCpuIds));
        }
        return new KernelMachine(nrCpuIds, CpuMask.all(nrCpuIds).andNot(rest), testCpus);
    }

    /** The CPUs of a list like {@code 0-3,8}. */
    static List<Integer> list(String text) {
        List<Integer> cpus = new ArrayList<>();
        for (String range : text.strip().split(",")) {
            if (!range.isEmpty()) {
                String[] ends = range.split("-");
                for (int cpu = Integer.parseInt(ends[0]); cpu <= Integer.parseInt(ends[ends.length - 1]); cpu++) {
                    cpus.add(cpu);
                }
            }
        }
        return cpus;
    }

    /** Ticks per second as the kernel was built ({@code CONFIG_HZ}), or null where it does not say. */
    static Integer hz() {
        Path config = Path.of("/proc/config.gz");
        if (!Files.isReadable(config)) {
            return null;
        }
        try (InputStream in = new GZIPInputStream(Files.newInputStream(config))) {
            String text = new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
            return text.lines()
                    .filter(line -> line.matches("CONFIG_HZ=\\d{2,4}"))
                    .map(line -> Integer.valueOf(line.substring(line.indexOf('=') + 1)))
                    .findFirst()
                    .orElse(null);
        } catch (IOException e) {
            throw new VerificationException(config + " cannot be read", e);
        }
    }

    /** The settings of this machine by a kernel's rules, as it boots. */
    HostSettings settings(KernelRules rules, int hz) {
        CpuMask isolated = CpuMask.empty(nrCpuIds);
        for (int cpu : list(KernelFile.read(CPUS.resolve("isolated")))) {
            isolated = isolated.or(CpuMask.of(cpu, nrCpuIds));
        }
        CpuMask housekeeping = CpuMask.all(nrCpuIds).andNot(isolated);
        return new HostSettings(rules, hz, online, housekeeping, HostSettings.UNBOUNDED);
    }

    /** nr_cpu_ids. */
    int nrCpuIds() {
        return nrCpuIds;
    }

    /** The CPUs that the test uses. */
    List<Integer> testCpus() {
        return testCpus;
    }

    /** The modelled machine under some settings. */
    Machine under(KernelRules rules, TestSettings settings) {
        int queues = settings.queues().size();
        NicConfig nic = new NicConfig(
                NicConfig.Path.NETIF_RX,
                queues,
                Collections.nCopies(queues, online),
                RING,
                0,
                Collections.nCopies(NicConfig.DEFAULT_INDIRECTION, 0));
        NetConfig net = new NetConfig(
                BACKLOG, BUDGET, BUDGET_USECS, settings.devWeight(), settings.rpsSockFlowEntries(), settings.queues());
        return new Machine(rules, profile(), online, nic, net);
    }

    private HostProfile profile() {
        Map<Stage, StageCost> costs = new EnumMap<>(Stage.class);
        for (Stage stage : Stage.values()) {
            costs.put(stage, new StageCost(STAGE_NS, 0, 0, "arbitrary: no times are compared"));
        }
        Map<Distance, Integer> lineNs = new EnumMap<>(Distance.class);
        for (Distance distance : Distance.values()) {
            lineNs.put(distance, 0);
        }
        return new HostProfile("running kernel", CpuTopology.flat(nrCpuIds), HZ, STAGE_NS, costs, lineNs);
    }
}
