package io.rxsim.bench.cli;

import io.rxsim.core.packet.FlowHash;
import io.rxsim.core.packet.FlowInput;
import io.rxsim.core.packet.FlowKey;
import io.rxsim.core.packet.GivenHash;
import io.rxsim.core.packet.PacketHeaders;
import io.rxsim.core.run.Machine;
import io.rxsim.core.softnet.SoftnetView;
import io.rxsim.core.steer.Decision;
import io.rxsim.core.steer.SteeringReason;
import io.rxsim.steering.RfsPolicy;
import io.rxsim.steering.RpsDevFlowTable;
import io.rxsim.steering.RpsMap;
import io.rxsim.workload.spec.PacketHashing;

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

    /** Puts a fresh policy into the state and lets it decide. */
    static Explanation of(FlowInput input, Machine machine, PacketHashing hashing, State state) {
        int hash = input instanceof GivenHash given ? given.hash() : flowHash((FlowKey) input, hashing);
        Rss rss = input instanceof FlowKey flow ? rss(flow, machine, hashing) : null;
        int queue = rss == null ? 0 : machine.nic().indirection().get(rss.bucket());
        RfsPolicy policy = new RfsPolicy(machine);
        int slot = -1;
        if (policy.inForce(queue)) {
            RpsDevFlowTable flows = policy.flowTable(queue);
            slot = flows.slot(hash);
            if (state.current() >= 0) {
                flows.setCpu(slot, state.current());
                flows.setLastQtail(slot, state.lastQtail());
            }
            if (state.desired() >= 0 && hash != FlowHash.NO_HASH) {
                policy.onConsumed(hash, state.desired());
            }
        }
        long decision = policy.steer(queue, hash, 0, view(machine, state));
        SteeringReason reason = Decision.reason(decision);
        RpsMap map = policy.rps().map(queue);
        boolean consulted = !reason.tracked() && hash != FlowHash.NO_HASH && map.length() > 0;
        int index = consulted ? map.index(hash) : -1;
        return new Explanation(hash, rss, queue, index, slot, Decision.cpu(decision), reason);
    }

    private static int flowHash(FlowKey flow, PacketHashing hashing) {
        return hashing.flowHash().hash(flow);
    }

    private static Rss rss(FlowKey flow, Machine machine, PacketHashing hashing) {
        PacketHeaders headers = new PacketHeaders();
        flow.toHeaders(headers);
        int hash = hashing.rssHash().hash(headers);
        return new Rss(hash, hash & (machine.nic().indirection().size() - 1));
    }

    private static SoftnetView view(Machine machine, State state) {
        return new SoftnetView() {
            @Override
            public int cpuCount() {
                return machine.cpuCount();
            }

            @Override
            public boolean isOnline(int cpu) {
                return machine.online().contains(cpu);
            }

            @Override
            public int inputQueueHead(int cpu) {
                return cpu == state.current() ? state.head() : 0;
            }

            @Override
            public int inputQueueTail(int cpu) {
                return inputQueueHead(cpu);
            }
        };
    }
}
