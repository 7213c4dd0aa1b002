package io.rxsim.bench.verify;

import io.rxsim.core.packet.LinkType;
import io.rxsim.core.packet.Packet;
import io.rxsim.core.packet.PacketHeaders;
import io.rxsim.core.packet.SipFlowHash;
import io.rxsim.core.run.RandomStream;

/** The product's flow hash of frames under one random key, as every boot of the kernel draws one. One thread. */
final class RecordedHash {
    private final SipFlowHash flowHash;
    private final Packet packet = new Packet();
    private final PacketHeaders headers = new PacketHeaders();

    RecordedHash(RandomStream random) {
        byte[] key = new byte[16];
        for (int i = 0; i < key.length; i++) {
            key[i] = (byte) random.nextInt(256);
        }
        flowHash = SipFlowHash.ofKey(key);
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
