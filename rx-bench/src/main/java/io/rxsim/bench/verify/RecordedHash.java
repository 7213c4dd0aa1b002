package io.rxsim.bench.verify;

import io.rxsim.core.hash.SipHash;
import io.rxsim.core.kernel.KernelRules;
import io.rxsim.core.kernel.Rule;
import io.rxsim.core.packet.FlowHash;
import io.rxsim.core.packet.JhashFlowHash;
import io.rxsim.core.packet.LinkType;
import io.rxsim.core.packet.Packet;
import io.rxsim.core.packet.PacketHeaders;
import io.rxsim.core.packet.SipFlowHash;
import io.rxsim.core.run.RandomStream;

/** The product's flow hash of frames under one random key, as every boot of the kernel draws one. One thread. */
final class RecordedHash {
    private final FlowHash flowHash;
    private final Packet packet = new Packet();
    private final PacketHeaders headers = new PacketHeaders();

    RecordedHash(KernelRules rules, RandomStream random) {
        flowHash = rules.has(Rule.FLOW_DISSECTOR)
                ? new SipFlowHash(new SipHash(random.nextLong(), random.nextLong()))
                : new JhashFlowHash((int) random.nextLong());
    }

    /** The hash of an Ethernet frame. */
    int of(byte[] frame) {
        return flowHash.classify(packet.wrap(frame, 0, frame.length, LinkType.ETHERNET), headers);
    }

    /** {@code l4_hash} of the frame hashed last. */
    boolean l4Hash() {
        return headers.l4Hash();
    }
}
