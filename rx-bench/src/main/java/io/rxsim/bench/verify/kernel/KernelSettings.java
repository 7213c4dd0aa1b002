package io.rxsim.bench.verify.kernel;

import io.rxsim.core.cpu.CpuMask;
import io.rxsim.core.cpu.CpuMaskException;
import io.rxsim.core.run.RxQueueConfig;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes settings to the running kernel and reads them back. Tables are emptied by every write. One thread. */
final class KernelSettings {
    private static final Path NET_CORE = Path.of("/proc/sys/net/core");
    static final Path RPS_SOCK_FLOW_ENTRIES = NET_CORE.resolve("rps_sock_flow_entries");
    static final Path DEV_WEIGHT = NET_CORE.resolve("dev_weight");

    private final VethPair pair;
    private final int nrCpuIds;

    KernelSettings(VethPair pair, int nrCpuIds) {
        this.pair = pair;
        this.nrCpuIds = nrCpuIds;
    }

    /** The settings of the whole machine that a verification changes, as they are. */
    static Map<Path, String> global() {
        Map<Path, String> values = new LinkedHashMap<>();
        for (Path file : List.of(RPS_SOCK_FLOW_ENTRIES, DEV_WEIGHT)) {
            values.put(file, KernelFile.read(file));
        }
        return values;
    }

    /**
     * Writes settings, with all tables empty afterwards, and reads back what is in force.
     *
     * @throws VerificationException if the kernel does not take or show what the model expects
     */
    TestSettings write(TestSettings wanted) {
        KernelFile.write(RPS_SOCK_FLOW_ENTRIES, "0");
        KernelFile.write(RPS_SOCK_FLOW_ENTRIES, Integer.toString(wanted.rpsSockFlowEntries()));
        if (!KernelFile.read(DEV_WEIGHT).equals(Integer.toString(wanted.devWeight()))) {
            KernelFile.write(DEV_WEIGHT, Integer.toString(wanted.devWeight()));
        }
        List<RxQueueConfig> queues = new ArrayList<>();
        for (int i = 0; i < wanted.queues().size(); i++) {
            RxQueueConfig queue = wanted.queues().get(i);
            Path flowCnt = pair.rxQueueFile(i, "rps_flow_cnt");
            Path rpsCpus = pair.rxQueueFile(i, "rps_cpus");
            KernelFile.write(flowCnt, "0");
            KernelFile.write(flowCnt, Integer.toString(queue.rpsFlowCnt()));
            KernelFile.write(rpsCpus, queue.rpsCpus().toString());
            queues.add(new RxQueueConfig(mask(rpsCpus), number(flowCnt)));
        }
        TestSettings inForce = new TestSettings(number(RPS_SOCK_FLOW_ENTRIES), queues, number(DEV_WEIGHT));
        if (!inForce.equals(wanted)) {
            throw new VerificationException("settings written: " + wanted.text() + "; read back: " + inForce.text());
        }
        return inForce;
    }

    private CpuMask mask(Path file) {
        String text = KernelFile.read(file);
        try {
            return CpuMask.parse(text, nrCpuIds);
        } catch (CpuMaskException e) {
            throw new VerificationException(file + " shows \"" + text + "\"", e);
        }
    }

    private static int number(Path file) {
        String text = KernelFile.read(file);
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new VerificationException(file + " shows \"" + text + "\"", e);
        }
    }
}
