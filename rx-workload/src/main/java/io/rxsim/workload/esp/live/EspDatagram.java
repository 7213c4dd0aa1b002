package io.rxsim.workload.esp.live;

import io.rxsim.core.packet.LinkType;
import io.rxsim.core.packet.Packet;
import io.rxsim.core.packet.PacketHeaders;
import io.rxsim.core.padata.PadataJob;
import io.rxsim.workload.esp.EspInbound;

/**
 * A packet inside a pipeline, in a slot that is used again. Plain fields: the submitter fills them, a worker decrypts, the callback CPU
 * hands on; padata and the slot's flag order these.
 */
final class EspDatagram extends PadataJob {
    final int slot;
    final Packet packet = new Packet();
    final PacketHeaders headers = new PacketHeaders();
    int association;
    int sequence;
    /** Bytes of the packet inside, or why there is none. */
    int innerBytes;

    private final EspPipeline pipeline;
    private final byte[] outer;
    private final byte[] plain;
    private final Packet inner = new Packet();

    EspDatagram(EspPipeline pipeline, int slot, int bytes) {
        this.pipeline = pipeline;
        this.slot = slot;
        outer = new byte[bytes];
        plain = new byte[bytes];
    }

    /** Copies a packet in; false if it does not fit. */
    boolean hold(byte[] data, int offset, int bytes, LinkType linkType) {
        if (bytes > outer.length) {
            return false;
        }
        System.arraycopy(data, offset, outer, 0, bytes);
        packet.wrap(outer, 0, bytes, linkType);
        return true;
    }

    /** Decrypts with a thread's ciphers, whose buffer is that thread's. */
    void open(EspInbound inbound) {
        innerBytes = EspInbound.MALFORMED;
        innerBytes = inbound.open(packet, headers, association, inner);
        if (innerBytes > 0) {
            System.arraycopy(inner.data(), inner.offset(), plain, 0, innerBytes);
        }
    }

    /** The packet inside, in this slot. */
    Packet inner() {
        return inner.wrap(plain, 0, innerBytes, LinkType.RAW_IP);
    }

    @Override
    public void parallel(int cpu) {
        pipeline.decrypt(this, cpu);
    }

    @Override
    public void serial(int cpu) {
        pipeline.inOrder(this);
    }
}
