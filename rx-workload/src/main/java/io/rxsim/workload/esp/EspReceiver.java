package io.rxsim.workload.esp;

import io.rxsim.core.packet.Packet;
import io.rxsim.core.packet.PacketHeaders;
import io.rxsim.core.xfrm.ReplayWindow;

/**
 * The whole way in on one thread: looked over, held against the replay window, decrypted, taken into the window ({@code
 * xfrm_input}, net/xfrm/xfrm_input.c, 6.18). What is malformed, unknown or replayed never reaches a cipher; what is forged
 * never moves a window. One thread.
 */
public final class EspReceiver {
    private final EspInbound inbound;
    private final ReplayWindow[] windows;
    private long opened;

    /**
     * A receiver.
     *
     * @param replayWindow packets, see {@link ReplayWindow}
     */
    public EspReceiver(SecurityAssociations associations, int replayWindow) {
        inbound = new EspInbound(associations);
        windows = new ReplayWindow[associations.size()];
        for (int number = 0; number < windows.length; number++) {
            windows[number] = new ReplayWindow(replayWindow);
        }
    }

    /**
     * Takes a packet in.
     *
     * @param headers the packet's, {@link EspInbound#isEsp}
     * @param inner as {@link EspInbound#open}
     * @return bytes of the packet inside, or {@link EspInbound#MALFORMED}, {@link EspInbound#UNKNOWN_SPI}, {@link
     *     EspInbound#REPLAYED} or {@link EspInbound#FORGED}
     */
    public int receive(Packet packet, PacketHeaders headers, Packet inner) {
        final int number = inbound.admit(packet, headers);
        if (number < 0) {
            return number;
        }
        final int sequence = EspInbound.sequence(packet, headers);
        if (!windows[number].check(sequence)) {
            return EspInbound.REPLAYED;
        }
        opened++;
        final int bytes = inbound.open(packet, headers, number, inner);
        if (bytes == EspInbound.FORGED) {
            return bytes;
        }
        // Authentic, also where it is no packet of its association: its number is used up.
        windows[number].advance(sequence);
        return bytes;
    }

    /** How often a cipher was called. */
    public long opened() {
        return opened;
    }

    /** What it is, without keys. */
    @Override
    public String toString() {
        return "receiver, " + inbound;
    }
}
