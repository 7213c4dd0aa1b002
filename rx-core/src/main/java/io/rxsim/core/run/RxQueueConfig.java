package io.rxsim.core.run;

import io.rxsim.core.cpu.CpuMask;

/**
 * Steering settings of one RX queue, after the kernel's own checks (/sys/class/net/D/queues/rx-N).
 *
 * @param rpsCpus CPUs of the RPS map; empty is off
 * @param rpsFlowCnt slots of the flow table, a power of two; 0 is off
 */
public record RxQueueConfig(CpuMask rpsCpus, int rpsFlowCnt) {
    /** Validates. */
    public RxQueueConfig {
        if (rpsFlowCnt < 0 || Integer.bitCount(rpsFlowCnt) > 1) {
            throw new IllegalArgumentException("rps_flow_cnt=" + rpsFlowCnt + ", allowed is 0 or a power of two");
        }
    }
}
