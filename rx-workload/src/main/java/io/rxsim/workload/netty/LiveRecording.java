package io.rxsim.workload.netty;

import io.rxsim.core.live.LivePacket;
import io.rxsim.core.live.SteeringTap;
import io.rxsim.core.packet.FlowKey;
import io.rxsim.core.packet.IpProtocol;
import io.rxsim.core.packet.PacketHeaders;
import io.rxsim.core.steer.Decision;
import io.rxsim.workload.capture.PcapngOptions;
import io.rxsim.workload.capture.PcapngWriter;
import io.rxsim.workload.capture.RawIpHeaders;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/**
 * Records what a live host steers as pcapng: raw IP packets with headers made from the flow's tuple and no payload, the RX queue
 * ({@code epb_queue}), the RSS hash ({@code epb_hash}, Toeplitz), and in a comment the decision, its CPU, that CPU's head, the packet's tail and the
 * kernel's flow hash. Any tool reads it, and the virtual engine replays it.
 *
 * <p>Softirq threads hand packets over through bounded rings, one per RX queue; a thread of the recording writes. When a disk is slower, packets are
 * not recorded, and counted; the host does not wait. Packets of different queues may stand a little out of order of time.
 *
 * <p>Threads: made, started and finished by one; {@link #onSteered} by softirq threads; counts are any's.
 *
 * @param <M> what packets carry
 */
public final class LiveRecording<M> implements SteeringTap<M>, Runnable {
    /** Link type of raw IPv4 and IPv6. */
    private static final int LINKTYPE_RAW = 101;

    private static final int RING = 4096;
    private static final int TCP_PSH = 0x08;
    private static final int TCP_FIN = 0x01;
    private static final long NAP_NS = 1_000_000;
    private static final long FLUSH_NS = 500_000_000;
    private static final long SECOND_NS = 1_000_000_000;

    /** The tuple of a packet, on its softirq thread: quick, and without allocation. */
    public interface Described<M> {
        /** The flow in the direction of the packet, or null: then it is not recorded, and counted. */
        FlowKey key(LivePacket<M> packet);

        /** The NIC's hash, u32. */
        int rssHash(LivePacket<M> packet);
    }

    private final PcapngWriter writer;
    private final Described<M> described;
    private final AtomicReferenceArray<RecordRing> rings;
    private final PcapngOptions options = new PcapngOptions(ByteOrder.nativeOrder());
    private final ByteBuffer headers = ByteBuffer.allocate(RawIpHeaders.MAX_BYTES);
    private final Map<Long, Stream> streams = new HashMap<>();
    private final long epochNs;
    private final Thread thread = new Thread(this, "rx-record");
    private volatile boolean ending;
    private final LongAdder recorded = new LongAdder();
    private final LongAdder unwritten = new LongAdder();
    private volatile String failure;

    /** Where a TCP direction stands. */
    private static final class Stream {
        private int sequence = -1;
        private int offset = 1;
        private int lengthBytes;
    }

    /**
     * A recording that has not begun.
     *
     * @param out takes the file, closed at the end
     * @param queues RX queues of the host
     */
    public LiveRecording(OutputStream out, int queues, Described<M> described) {
        this.described = described;
        writer = new PcapngWriter(out, LINKTYPE_RAW, ByteOrder.nativeOrder());
        rings = new AtomicReferenceArray<>(queues);
        Instant now = Instant.now();
        epochNs = now.getEpochSecond() * SECOND_NS + now.getNano() - System.nanoTime();
        thread.setDaemon(true);
    }

    /** A recording of real traffic, by the tuples of its sockets. */
    public static LiveRecording<Inbound> of(OutputStream out, int queues) {
        return new LiveRecording<>(out, queues, new Described<>() {
            @Override
            public FlowKey key(LivePacket<Inbound> packet) {
                return packet.message.source().key;
            }

            @Override
            public int rssHash(LivePacket<Inbound> packet) {
                return packet.message.source().rssHash;
            }
        });
    }

    /** Starts the thread that writes. */
    public void start() {
        thread.start();
    }

    @Override
    public void onSteered(LivePacket<M> packet, int cpu, int head, long tail) {
        FlowKey key = described.key(packet);
        RecordRing.Slot slot = ring(packet.rxQueue()).claim(key != null);
        if (slot == null) {
            return;
        }
        slot.key = key;
        slot.rssHash = described.rssHash(packet);
        slot.flow = packet.flow;
        slot.direction = packet.direction;
        slot.sequence = packet.sequence;
        slot.hash = packet.hash;
        slot.rxQueue = packet.rxQueue();
        slot.payloadBytes = packet.lengthBytes;
        slot.arrivedNs = packet.arrivedNs;
        slot.decision = packet.decision();
        slot.cpu = cpu;
        slot.head = head;
        slot.tail = tail;
        rings.get(packet.rxQueue()).publish();
    }

    /** The ring of a queue, made by the thread that polls it. */
    private RecordRing ring(int queue) {
        RecordRing ring = rings.get(queue);
        if (ring == null) {
            ring = new RecordRing(RING);
            rings.set(queue, ring);
        }
        return ring;
    }

    @Override
    public void run() {
        long flushedNs = System.nanoTime();
        try {
            while (true) {
                // Asked before the look: what was steered before the end is seen after it.
                boolean last = ending;
                boolean wrote = writeAll();
                long nowNs = System.nanoTime();
                if (last) {
                    break;
                }
                if (nowNs - flushedNs > FLUSH_NS) {
                    writer.flush();
                    flushedNs = nowNs;
                }
                if (!wrote) {
                    LockSupport.parkNanos(NAP_NS);
                }
            }
            writer.statistics(epochNs + System.nanoTime(), recorded() + notRecorded(), notRecorded());
            writer.close();
        } catch (IOException e) {
            failure = String.valueOf(e.getMessage());
            close();
            discard();
        }
    }

    private void close() {
        try {
            writer.close();
        } catch (IOException e) {
            // The reason is known.
        }
    }

    /** The file is lost: what still comes is counted, so that no ring stays full for want of a reader. */
    private void discard() {
        while (true) {
            boolean last = ending;
            for (int queue = 0; queue < rings.length(); queue++) {
                RecordRing ring = rings.get(queue);
                while (ring != null && ring.peek() != null) {
                    ring.release();
                    unwritten.increment();
                }
            }
            if (last) {
                return;
            }
            LockSupport.parkNanos(NAP_NS);
        }
    }

    private boolean writeAll() throws IOException {
        boolean wrote = false;
        for (int queue = 0; queue < rings.length(); queue++) {
            RecordRing ring = rings.get(queue);
            for (int i = 0; ring != null && i < RING && ring.peek() != null; i++) {
                write(ring.peek());
                ring.release();
                recorded.increment();
                wrote = true;
            }
        }
        return wrote;
    }

    private void write(RecordRing.Slot packet) throws IOException {
        headers.clear();
        int sequence = packet.key.protocol() == IpProtocol.TCP ? sequence(packet) : 0;
        int flags = packet.payloadBytes == 0 ? TCP_FIN : TCP_PSH;
        RawIpHeaders.put(headers, packet.key, packet.payloadBytes, sequence, PacketHeaders.TCP_ACK | flags);
        options.clear().inbound().queue(packet.rxQueue).toeplitz(packet.rssHash).comment(comment(packet));
        int length = headers.position();
        writer.write(epochNs + packet.arrivedNs, headers.array(), 0, length, length + packet.payloadBytes, options);
    }

    /** A piece that is offered again after a drop has the number it had. */
    private int sequence(RecordRing.Slot packet) {
        Stream stream = streams.computeIfAbsent((long) packet.flow << 1 | packet.direction, key -> new Stream());
        if (stream.sequence != packet.sequence) {
            stream.sequence = packet.sequence;
            stream.offset += stream.lengthBytes;
            stream.lengthBytes = packet.payloadBytes;
        }
        return stream.offset;
    }

    private static String comment(RecordRing.Slot packet) {
        String tail =
                packet.tail == DROPPED ? "dropped" : packet.tail == INLINE ? "inline" : Long.toString(packet.tail);
        return "decision=" + Decision.reason(packet.decision).label() + " cpu=" + packet.cpu + " head="
                + Integer.toUnsignedString(packet.head) + " tail=" + tail + " hash=0x"
                + Integer.toHexString(packet.hash) + " flow=" + packet.flow + " direction=" + packet.direction
                + " sequence=" + packet.sequence;
    }

    /** Packets in the file so far; any thread. */
    public long recorded() {
        return recorded.sum();
    }

    /** Packets that are not in the file: a ring was full, the tuple unknown, or writing failed; any thread. */
    public long notRecorded() {
        long sum = unwritten.sum();
        for (int queue = 0; queue < rings.length(); queue++) {
            RecordRing ring = rings.get(queue);
            sum += ring == null ? 0 : ring.refused();
        }
        return sum;
    }

    /** Why writing failed, or null; any thread. */
    public String failure() {
        return failure;
    }

    /**
     * Ends the recording; the host must have stopped.
     *
     * @param patience how long to wait for what is still to be written
     * @return whether all of it is
     */
    public boolean finish(Duration patience) {
        ending = true;
        boolean interrupted = false;
        long untilNs = System.nanoTime() + patience.toNanos();
        while (thread.isAlive() && System.nanoTime() - untilNs < 0) {
            try {
                thread.join(Math.max(1, (untilNs - System.nanoTime()) / 1_000_000));
            } catch (InterruptedException e) {
                interrupted = true;
                break;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return !thread.isAlive() && failure == null;
    }
}
