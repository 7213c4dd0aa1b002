package io.rxsim.workload.esp.live;

import io.rxsim.core.packet.FlowHash;
import io.rxsim.core.packet.LinkType;
import io.rxsim.core.packet.Packet;
import io.rxsim.core.packet.PacketHeaders;
import io.rxsim.core.padata.PadataDomain;
import io.rxsim.core.xfrm.ReplayWindow;
import io.rxsim.workload.esp.EspInbound;
import io.rxsim.workload.esp.SecurityAssociations;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.LongAdder;

/**
 * The live counterpart of {@code crypto: padata}: ESP packets are looked over by their submitter, decrypted by whatever CPU padata gives
 * them to, and handed on in the order of submission, association by association ({@code xfrm_input}, net/xfrm/xfrm_input.c, with
 * {@code pcrypt_aead_decrypt}, crypto/pcrypt.c, 6.18).
 *
 * <p>Malformed packets, those of unknown SPI and replays never reach a cipher. The window is looked at when a packet is
 * submitted, and again when its turn comes, where it moves; a lock per association guards it, as {@code x->lock} does. A packet
 * of an association is always serialised by the same CPU.
 *
 * <p>Bounded: as many packets as there are slots are inside at once, each in a buffer of its own; what comes when the next slot is
 * still taken is refused. Deviations: a packet that padata refuses (-EBUSY while masks change) is refused, where 6.18's pcrypt decrypts it
 * on the spot, ahead of its turn; slots are taken in turn, so that one slow packet can refuse others. Allocates nothing per
 * packet but what the JDK's cipher does.
 *
 * <p>{@link #submit} by one thread; counts by any.
 */
public final class EspPipeline {
    /** {@link #submit}: it is on its way. */
    public static final int ACCEPTED = 0;
    /** {@link #submit}: no room, or padata took it not. */
    public static final int BUSY = -5;

    private static final int FREE = 0;
    private static final int TAKEN = 1;

    private final PadataDomain domain;
    private final int[] callbackCpus;
    private final FlowHash hash;
    private final LinkType linkType;
    private final Consumer consumer;
    private final ReplayWindow[] windows;
    private final EspInbound overlooker;
    /** A cipher belongs to one thread; which threads work is padata's affair. */
    private final ThreadLocal<EspInbound> inbound;

    private final EspDatagram[] slots;
    /** {@link #TAKEN} by the submitter (release), {@link #FREE} again by the serial part (release); read by the submitter (acquire). */
    private final AtomicIntegerArray taken;

    private final LongAdder[] verdicts = new LongAdder[-BUSY + 1];
    private int next;

    /** Hears of what was inside. */
    @FunctionalInterface
    public interface Consumer {
        /**
         * A packet was decrypted and it is its turn. Called by the thread of the association's callback CPU, one packet of an
         * association after the other; the packet is valid until it returns.
         *
         * @param association its number
         * @param sequence its sequence number, u32
         * @param inner the IP packet inside; of a dummy packet it is empty
         */
        void onInner(int association, int sequence, Packet inner);
    }

    /**
     * What a pipeline is made of, apart from keys.
     *
     * @param domain hands work to CPUs; its jobs are all this pipeline's
     * @param callbackCpus CPUs that serialise; association k is the (k + 1 modulo count)-th one's
     * @param hash dissects packets as the host does
     * @param linkType what packets begin with
     * @param replayWindow packets, see {@link ReplayWindow}
     * @param slots packets inside at once, 1 to 65536
     * @param slotBytes longest packet, link header included; longer ones are malformed
     */
    public record Parts(
            PadataDomain domain,
            int[] callbackCpus,
            FlowHash hash,
            LinkType linkType,
            int replayWindow,
            int slots,
            int slotBytes) {
        private static final int MAX_SLOTS = 1 << 16;
        private static final int MIN_BYTES = 64;
        private static final int MAX_BYTES = 1 << 16;

        /** Validates. */
        public Parts {
            if (callbackCpus.length == 0) {
                throw new IllegalArgumentException("callbackCpus is empty, allowed is 1 or more");
            }
            if (slots < 1 || slots > MAX_SLOTS) {
                throw new IllegalArgumentException("slots=" + slots + ", allowed is 1 to " + MAX_SLOTS);
            }
            if (slotBytes < MIN_BYTES || slotBytes > MAX_BYTES) {
                throw new IllegalArgumentException(
                        "slotBytes=" + slotBytes + ", allowed is " + MIN_BYTES + " to " + MAX_BYTES);
            }
            callbackCpus = callbackCpus.clone();
        }
    }

    /** A pipeline with nothing inside. */
    public EspPipeline(SecurityAssociations associations, Parts parts, Consumer consumer) {
        this.domain = parts.domain();
        this.callbackCpus = parts.callbackCpus();
        this.hash = parts.hash();
        this.linkType = parts.linkType();
        this.consumer = consumer;
        overlooker = new EspInbound(associations);
        inbound = ThreadLocal.withInitial(() -> new EspInbound(associations));
        windows = new ReplayWindow[associations.size()];
        for (int number = 0; number < windows.length; number++) {
            windows[number] = new ReplayWindow(parts.replayWindow());
        }
        slots = new EspDatagram[parts.slots()];
        taken = new AtomicIntegerArray(slots.length);
        for (int slot = 0; slot < slots.length; slot++) {
            slots[slot] = new EspDatagram(this, slot, parts.slotBytes());
        }
        for (int i = 0; i < verdicts.length; i++) {
            verdicts[i] = new LongAdder();
        }
    }

    /**
     * Takes a packet in; its bytes are copied.
     *
     * @param data holds it
     * @param offset where its link header begins
     * @param bytes its length
     * @return {@link #ACCEPTED}, {@link #BUSY}, or why it was dropped: {@link EspInbound#MALFORMED}, {@link EspInbound#UNKNOWN_SPI} or
     *     {@link EspInbound#REPLAYED}
     */
    public int submit(byte[] data, int offset, int bytes) {
        final EspDatagram datagram = slots[next];
        if (taken.getAcquire(next) == TAKEN) {
            return count(BUSY);
        }
        if (!datagram.hold(data, offset, bytes, linkType)) {
            return count(EspInbound.MALFORMED);
        }
        final PacketHeaders headers = datagram.headers;
        hash.classify(datagram.packet, headers);
        final int number =
                EspInbound.isEsp(headers) ? overlooker.admit(datagram.packet, headers) : EspInbound.MALFORMED;
        if (number < 0) {
            return count(number);
        }
        datagram.association = number;
        datagram.sequence = EspInbound.sequence(datagram.packet, headers);
        if (!isFresh(number, datagram.sequence)) {
            return count(EspInbound.REPLAYED);
        }
        taken.setRelease(next, TAKEN);
        final int slot = next;
        next = next + 1 == slots.length ? 0 : next + 1;
        final int code = domain.doParallel(datagram, callbackCpus[(number + 1) % callbackCpus.length]);
        if (!domain.isAccepted(code)) {
            taken.setRelease(slot, FREE);
            return count(BUSY);
        }
        return ACCEPTED;
    }

    private boolean isFresh(int association, int sequence) {
        final ReplayWindow window = windows[association];
        synchronized (window) {
            return window.check(sequence);
        }
    }

    private int count(int verdict) {
        verdicts[-verdict].increment();
        return verdict;
    }

    /** The parallel part of a packet. */
    void decrypt(EspDatagram datagram, int cpu) {
        try {
            datagram.open(inbound.get());
        } finally {
            domain.doSerial(datagram, cpu);
        }
    }

    /** The serial part of a packet: it is its turn. */
    void inOrder(EspDatagram datagram) {
        try {
            if (datagram.innerBytes < 0) {
                // What is authentic and no packet of its association has used its number up; what is forged has not.
                if (datagram.innerBytes != EspInbound.FORGED) {
                    advance(datagram);
                }
                count(datagram.innerBytes);
            } else if (!advance(datagram)) {
                count(EspInbound.REPLAYED);
            } else {
                verdicts[0].increment();
                consumer.onInner(datagram.association, datagram.sequence, datagram.inner());
            }
        } finally {
            taken.setRelease(datagram.slot, FREE);
        }
    }

    private boolean advance(EspDatagram datagram) {
        final ReplayWindow window = windows[datagram.association];
        synchronized (window) {
            return window.advance(datagram.sequence);
        }
    }

    /** Packets handed on. */
    public long decrypted() {
        return verdicts[0].sum();
    }

    /**
     * Packets dropped for a reason: {@link EspInbound#MALFORMED}, {@link EspInbound#UNKNOWN_SPI}, {@link EspInbound#REPLAYED}, {@link
     * EspInbound#FORGED}; or refused, {@link #BUSY}.
     */
    public long dropped(int verdict) {
        return verdicts[-verdict].sum();
    }

    /** Counts, without keys. */
    @Override
    public String toString() {
        return "decrypted=" + decrypted() + " forged=" + dropped(EspInbound.FORGED) + " replayed="
                + dropped(EspInbound.REPLAYED) + " malformed=" + dropped(EspInbound.MALFORMED) + " unknownSpi="
                + dropped(EspInbound.UNKNOWN_SPI) + " busy=" + dropped(BUSY);
    }
}
