package io.rxsim.bench.cli;

import io.rxsim.core.packet.FlowHash;
import io.rxsim.core.packet.FlowInput;
import io.rxsim.core.packet.FlowKey;
import io.rxsim.core.packet.GivenHash;
import io.rxsim.core.packet.PacketHeaders;
import io.rxsim.core.packet.RssHash;
import io.rxsim.core.run.Machine;
import io.rxsim.core.softnet.SoftnetView;
import io.rxsim.core.steer.Decision;
import io.rxsim.core.steer.SteeringReason;
import io.rxsim.steering.RfsPolicy;
import io.rxsim.steering.RpsDevFlowTable;
import io.rxsim.steering.RpsMap;
import io.rxsim.workload.spec.PacketHashing;

/**
 * Lets the real policy decide flow after flow, each on the same given state. One thread.
 */
final class Explainer {
    private final Machine machine;
    private final Explanation.State state;
    private final FlowHash flowHash;
    private final RssHash rssHash;
    private final RfsPolicy policy;
    private final PacketHeaders headers = new PacketHeaders();
    private final SoftnetView view;

    Explainer(Machine machine, PacketHashing hashing, Explanation.State state) {
        this.machine = machine;
        this.state = state;
        flowHash = hashing.flowHash();
        rssHash = hashing.rssHash();
        policy = new RfsPolicy(machine);
        view = new StateView(machine, state);
    }

    /** Puts the flow's entries into the state, decides, and empties them again. */
    Explanation explain(FlowInput input) {
        int hash = input instanceof GivenHash given ? given.hash() : flowHash.hash((FlowKey) input);
        Explanation.Rss rss = input instanceof FlowKey flow ? rss(flow) : null;
        int queue = rss == null ? 0 : machine.nic().indirection().get(rss.bucket());
        int slot = policy.inForce(queue) ? policy.flowTable(queue).slot(hash) : -1;
        if (slot >= 0) {
            enter(policy.flowTable(queue), slot, hash);
        }
        long decision = policy.steer(queue, hash, 0, view);
        if (slot >= 0) {
            policy.onClosed(hash);
        }
        SteeringReason reason = Decision.reason(decision);
        RpsMap map = policy.rps().map(queue);
        boolean consulted = !reason.tracked() && hash != FlowHash.NO_HASH && map.length() > 0;
        int index = consulted ? map.index(hash) : -1;
        return new Explanation(hash, rss, queue, index, slot, Decision.cpu(decision), reason);
    }

    private void enter(RpsDevFlowTable flows, int slot, int hash) {
        flows.setCpu(slot, state.current() < 0 ? RpsDevFlowTable.UNSET : state.current());
        flows.setLastQtail(slot, state.lastQtail());
        if (state.desired() >= 0 && hash != FlowHash.NO_HASH) {
            policy.onConsumed(hash, state.desired());
        }
    }

    private Explanation.Rss rss(FlowKey flow) {
        flow.toHeaders(headers);
        int hash = rssHash.hash(headers);
        return new Explanation.Rss(hash, hash & (machine.nic().indirection().size() - 1));
    }

    /** The CPUs as the state has them: all backlogs empty, the current CPU's head as given. */
    private record StateView(Machine machine, Explanation.State state) implements SoftnetView {
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
    }
}
