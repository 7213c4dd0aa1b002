package io.rxsim.bench.verify.kernel;

import io.rxsim.core.cpu.CpuMask;
import io.rxsim.core.run.RxQueueConfig;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The settings of a configuration.
 *
 * @param rpsSockFlowEntries of the whole machine; 0 is no table
 * @param queues of the receiving device, one entry per queue
 * @param devWeight of the whole machine: packets per poll of a backlog
 */
record TestSettings(int rpsSockFlowEntries, List<RxQueueConfig> queues, int devWeight) {
    static final int DEFAULT_WEIGHT = 64;

    TestSettings {
        queues = List.copyOf(queues);
    }

    /** The same map and table on every queue. */
    static TestSettings of(int rpsSockFlowEntries, CpuMask rpsCpus, int rpsFlowCnt) {
        RxQueueConfig queue = new RxQueueConfig(rpsCpus, rpsFlowCnt);
        return new TestSettings(rpsSockFlowEntries, Collections.nCopies(VethPair.QUEUES, queue), DEFAULT_WEIGHT);
    }

    /** Another number of packets per poll. */
    TestSettings withWeight(int weight) {
        return new TestSettings(rpsSockFlowEntries, queues, weight);
    }

    /** In the kernel's names; queues that are alike are named once. */
    String text() {
        List<String> parts = new ArrayList<>();
        parts.add("rps_sock_flow_entries " + rpsSockFlowEntries);
        if (devWeightDiffers()) {
            parts.add("dev_weight " + devWeight);
        }
        boolean alike = queues.stream().distinct().count() == 1;
        for (int i = 0; i < (alike ? 1 : queues.size()); i++) {
            RxQueueConfig queue = queues.get(i);
            parts.add((alike ? "rx-*" : "rx-" + i) + " rps_cpus " + queue.rpsCpus() + " rps_flow_cnt "
                    + queue.rpsFlowCnt());
        }
        return String.join(", ", parts);
    }

    private boolean devWeightDiffers() {
        return devWeight != DEFAULT_WEIGHT;
    }
}
