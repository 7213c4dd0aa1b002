package io.rxsim.bench.cli;

import io.rxsim.core.steer.Decision;
import io.rxsim.core.steer.SteeringReason;

/**
 * One steering decision taken by the real policy on a given state, with all that led to it.
 *
 * @param hash the flow hash, u32
 * @param rss what RSS did, or null where only the hash of the flow is known
 * @param queue the RX queue
 * @param rpsIndex index into the RPS map, or -1 where the map was not consulted
 * @param slot slot of the queue's flow table, or -1 without tables
 * @param cpu the CPU, or {@link Decision#NO_CPU}
 * @param reason the branch that decided
 */
record Explanation(int hash, Rss rss, int queue, int rpsIndex, int slot, int cpu, SteeringReason reason) {
    /**
     * The choice of the RX queue.
     *
     * @param hash Toeplitz hash, u32
     * @param bucket index into the indirection table
     */
    record Rss(int hash, int bucket) {}

    /**
     * State of RFS before the packet.
     *
     * @param desired CPU of the flow's last recv, or -1 for none
     * @param current CPU of the flow's slot, or -1 for unset
     * @param head input_queue_head of the current CPU, u32
     * @param lastQtail the slot's last_qtail, u32
     */
    record State(int desired, int current, int head, int lastQtail) {
        /** Whether the old CPU has processed all that the slot sent there. */
        boolean drained() {
            return head - lastQtail >= 0;
        }
    }
}
