package io.rxsim.workload.spec;

import io.rxsim.core.hash.SipHash;
import io.rxsim.core.kernel.KernelRules;
import io.rxsim.core.kernel.Rule;
import io.rxsim.core.packet.FlowHash;
import io.rxsim.core.packet.JhashFlowHash;
import io.rxsim.core.packet.RssHash;
import io.rxsim.core.packet.SipFlowHash;
import io.rxsim.core.run.HashKeys;

/**
 * How NIC and kernel of a run hash a packet. Immutable; any thread.
 *
 * @param rules the kernel's rules, which choose the flow hash
 * @param keys the keys of the run
 */
public record PacketHashing(KernelRules rules, HashKeys keys) {
    /** The flow hash of the kernel's era; one per thread. */
    public FlowHash flowHash() {
        return rules.has(Rule.FLOW_DISSECTOR)
                ? new SipFlowHash(new SipHash(keys.flowKey0(), keys.flowKey1()))
                : new JhashFlowHash(keys.jhashSecret());
    }

    /** The NIC's hash. */
    public RssHash rssHash() {
        return new RssHash(keys.rssKey());
    }
}
