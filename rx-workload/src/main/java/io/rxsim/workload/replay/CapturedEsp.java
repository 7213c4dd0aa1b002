package io.rxsim.workload.replay;

import io.rxsim.core.packet.FlowHash;
import io.rxsim.core.packet.Packet;
import io.rxsim.core.packet.PacketHeaders;
import io.rxsim.core.xfrm.EspArrival;
import io.rxsim.core.xfrm.EspVerdict;
import io.rxsim.workload.esp.EspInbound;
import io.rxsim.workload.esp.SecurityAssociations;

/**
 * Decrypts the ESP packets of a capture as they are read: the host learns what is inside, and pays what its profile says. The
 * replay window is the host's, since it depends on the order in which packets reach it. One thread.
 */
final class CapturedEsp {
    private static final int LINK_HEADER_BYTES = 14;

    private final EspInbound inbound;
    private final FlowHash flowHash;
    private final Packet inner = new Packet();
    private final PacketHeaders innerHeaders = new PacketHeaders();

    CapturedEsp(SecurityAssociations associations, FlowHash flowHash) {
        this.inbound = new EspInbound(associations);
        this.flowHash = flowHash;
    }

    /** Headers of the packet inside; valid after {@link #open} returned true, until the next call. */
    PacketHeaders innerHeaders() {
        return innerHeaders;
    }

    /** Describes what an ESP packet holds, all but the inner flow; whether there is a packet inside. */
    boolean open(Packet packet, PacketHeaders headers, EspArrival out) {
        out.innerFlow = EspArrival.NOTHING_INSIDE;
        out.cipherBytes = 0;
        final int number = inbound.admit(packet, headers);
        out.cipherCalled = number >= 0;
        if (number < 0) {
            out.association = 0;
            out.verdict = number == EspInbound.UNKNOWN_SPI ? EspVerdict.UNKNOWN_SPI : EspVerdict.MALFORMED;
            return false;
        }
        out.association = number;
        out.sequence = EspInbound.sequence(packet, headers);
        out.cipherBytes = inbound.cipherBytes(headers, number);
        final int bytes = inbound.open(packet, headers, number, inner);
        if (bytes < 0) {
            out.verdict = bytes == EspInbound.FORGED ? EspVerdict.FORGED : EspVerdict.MALFORMED;
            return false;
        }
        out.verdict = EspVerdict.DECRYPTED;
        if (bytes == 0) {
            return false;
        }
        out.innerHash = flowHash.classify(inner, innerHeaders);
        out.innerLengthBytes = LINK_HEADER_BYTES + bytes;
        out.innerPayloadBytes = Math.max(0, innerHeaders.payloadBytes());
        return true;
    }
}
