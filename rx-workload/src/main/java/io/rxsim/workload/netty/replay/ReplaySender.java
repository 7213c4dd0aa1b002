package io.rxsim.workload.netty.replay;

import io.rxsim.core.packet.FlowKey;
import io.rxsim.core.packet.IpProtocol;
import io.rxsim.core.run.Arrival;
import io.rxsim.core.run.ArrivalSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/**
 * Sends packets at their deadlines: each as one datagram from the socket of its flow, of the packet's length, with a {@link ReplayHeader} in
 * front and zeros behind; or the payload of TCP flows over real connections. The next packet is made ready before its deadline is waited for.
 *
 * <p>What is late is sent at once and moves no later deadline. Threads: {@link #run} is one thread's; {@link #stop}, {@link #datagrams} and
 * {@link #packets} are any's; {@link #result} follows the end of that thread.
 */
public final class ReplaySender implements Runnable, AutoCloseable {
    private static final int MOST_SOCKETS = 4096;
    private static final long MAX_ERROR_NS = 3_600_000_000_000L;
    /** The first packet is made ready before it is due. */
    private static final long LEAD_NS = 20_000_000;

    private static final long LINGER_NAP_NS = 200_000;
    private static final long LINGER_NS = 5_000_000_000L;

    private final ArrivalSource source;
    private final SendOptions options;
    private final ReplayTarget target;
    private final long run;
    private final Arrival arrival = new Arrival();
    private final ReplayPacket packet = new ReplayPacket();
    private final ByteBuffer datagram = ByteBuffer.allocateDirect(ReplayHeader.MAX_DATAGRAM_BYTES);
    private final FlowKeys keys = new FlowKeys();
    private final FlowSockets sockets;
    private final ReplayStreams streams;
    private final TopSpeedWindow window;
    private final Deadline deadline;
    private final Histogram errors = new Histogram(MAX_ERROR_NS, 3);
    private final AtomicLong datagrams = new AtomicLong();
    private final AtomicLong packets = new AtomicLong();
    private volatile boolean stopped;
    private volatile long startNs;
    private long firstNs;
    private long lastNs;
    private long firstDueNs;
    private long lastDueNs;
    private long lastSentNs;
    private long lengthened;
    private long cut;
    private long refused;
    private long streamPackets;
    private long withoutBytes;
    private long asDatagrams;
    private long bytesLeft;
    private String failure;
    private boolean failed;

    /**
     * A sender that has not begun.
     *
     * @param source the packets, closed by the caller
     * @param run number of this replay, see {@link ReplayHeader}
     * @param receiveBufferBytes of the sockets that datagrams go to
     */
    public ReplaySender(
            ArrivalSource source, SendOptions options, ReplayTarget target, long run, int receiveBufferBytes) {
        this.source = source;
        this.options = options;
        this.target = target;
        this.run = run;
        Descriptors descriptors = new Descriptors(options.descriptors());
        sockets = new FlowSockets(descriptors, MOST_SOCKETS);
        streams = new ReplayStreams(target, descriptors);
        deadline = new Deadline(() -> stopped, streams::flush);
        window = new TopSpeedWindow(target, receiveBufferBytes, () -> stopped);
    }

    /** Ends it early; packets not sent yet are not sent. */
    public void stop() {
        stopped = true;
    }

    /** Datagrams sent so far. */
    public long datagrams() {
        return datagrams.get();
    }

    /** Packets sent so far, in whatever form. */
    public long packets() {
        return packets.get();
    }

    /** The moment that deadlines count from, of {@link System#nanoTime}; known once anything was sent. */
    public long startNs() {
        return startNs;
    }

    @Override
    public void run() {
        try {
            play();
        } catch (UncheckedIOException e) {
            failure = e.getCause().getMessage();
            failed = true;
        } catch (IOException e) {
            failure = "cannot send: " + e.getMessage();
            failed = true;
        } finally {
            linger();
        }
    }

    private void play() throws IOException {
        startNs = System.nanoTime() + (options.pacing().timed() ? LEAD_NS : 0);
        while (!stopped && source.next(arrival)) {
            long dueNs = options.pacing().dueNs(arrival.timeNs, packets.get());
            if (dueNs >= options.durationNs()) {
                return;
            }
            if (packets.get() == 0) {
                firstNs = arrival.timeNs;
                firstDueNs = dueNs;
            }
            ReplayStream stream = stream();
            boolean bytes = stream != null && arrival.payloadBytes > 0;
            if (stream == null) {
                prepareDatagram(dueNs);
            }
            if (!(options.pacing().timed()
                    ? deadline.await(startNs + dueNs)
                    : stream != null || window.await(arrival))) {
                return;
            }
            if (bytes) {
                streams.write(stream, arrival.payloadBytes);
                streamPackets++;
            } else if (stream == null) {
                sendDatagram();
            } else {
                withoutBytes++;
            }
            sent(dueNs);
        }
    }

    private void sent(long dueNs) {
        lastSentNs = System.nanoTime();
        lastNs = arrival.timeNs;
        lastDueNs = dueNs;
        packets.lazySet(packets.get() + 1);
        if (options.pacing().timed()) {
            errors.recordValue(Math.min(MAX_ERROR_NS, Math.max(0, lastSentNs - startNs - dueNs)));
        }
    }

    /** The connection of the packet in hand, or null if it goes as a datagram. */
    private ReplayStream stream() throws IOException {
        FlowKey key = keys.of(source, arrival);
        if (!options.connections() || key == null || key.protocol() != IpProtocol.TCP || !arrival.socket) {
            return null;
        }
        ReplayStream stream = streams.of(arrival, arrival.flow * 2 + 1);
        asDatagrams += stream == null ? 1 : 0;
        return stream;
    }

    private void prepareDatagram(long dueNs) throws IOException {
        int length = Math.min(Math.max(arrival.lengthBytes, ReplayHeader.BYTES), ReplayHeader.MAX_DATAGRAM_BYTES);
        lengthened += arrival.lengthBytes < length ? 1 : 0;
        cut += arrival.lengthBytes > length ? 1 : 0;
        packet.flow = options.connections() ? arrival.flow * 2 : arrival.flow;
        packet.direction = arrival.direction;
        packet.sequence = arrival.sequence;
        packet.hash = arrival.hash;
        packet.rssHash = arrival.rssHash;
        packet.lengthBytes = arrival.lengthBytes;
        packet.socket = arrival.socket;
        packet.socketNumber = sockets.socketOf(arrival.flow);
        packet.deadlineNs = dueNs;
        ReplayHeader.putTuple(datagram, keys.of(source, arrival), arrival.direction);
        ReplayHeader.putPacket(datagram, run, packet);
        datagram.position(0).limit(length);
    }

    private void sendDatagram() {
        try {
            if (!options.pacing().timed()) {
                datagram.putLong(ReplayHeader.DEADLINE, System.nanoTime() - startNs);
            }
            sockets.send(packet.socketNumber, datagram, target.datagrams(target.rxQueue(arrival)));
            datagrams.lazySet(datagrams.get() + 1);
        } catch (IOException e) {
            refused++;
            failure = failure == null ? "datagrams were not sent: " + e.getMessage() : failure;
        }
    }

    /** What connections did not take in time follows now, for a while. */
    private void linger() {
        long untilNs = System.nanoTime() + LINGER_NS;
        while (streams.flush() && System.nanoTime() - untilNs < 0 && !stopped) {
            LockSupport.parkNanos(LINGER_NAP_NS);
        }
        bytesLeft = streams.leftBytes();
        streams.end();
    }

    /** What was done. */
    public SendResult result() {
        long count = packets.get();
        return new SendResult(
                count,
                datagrams.get(),
                lengthened,
                cut,
                new SendResult.Streams(
                        streams.count(), streamPackets, withoutBytes, streams.writtenBytes(), bytesLeft, asDatagrams),
                new SendResult.Sockets(sockets.open(), sockets.sharing(), refused),
                new SendResult.Timing(
                        errors,
                        count == 0 ? 0 : lastNs - firstNs,
                        count == 0 ? 0 : lastDueNs - firstDueNs,
                        count == 0 ? 0 : lastSentNs - startNs - firstDueNs),
                failure == null ? streams.failure() : failure,
                failed);
    }

    /** Closes all sockets and connections. */
    @Override
    public void close() {
        sockets.close();
        streams.close();
    }
}
