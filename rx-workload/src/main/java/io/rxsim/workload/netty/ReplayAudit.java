package io.rxsim.workload.netty;

import io.rxsim.core.live.Receiver;
import io.rxsim.workload.netty.replay.ReplayHeader;
import io.rxsim.workload.netty.replay.StreamBytes;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.HdrHistogram.Histogram;

/**
 * The application of a replay: takes the time from a packet's deadline to its receipt, and holds every byte of a stream against the one that its
 * offset must have. The threads that drive the receivers, each with counters of its own; sums are any thread's, histograms are read at the end.
 */
final class ReplayAudit implements LiveApplication {
    private static final long MAX_NS = 3_600_000_000_000L;

    private final LongSupplier startNs;
    private final List<Seen> seen = new ArrayList<>();

    /** What one receiver saw. */
    private static final class Seen {
        private final Histogram response = new Histogram(MAX_NS, 3);
        private final AtomicLong datagrams = new AtomicLong();
        private final AtomicLong bytes = new AtomicLong();
        private final AtomicLong misplaced = new AtomicLong();
        private volatile String first;
    }

    /** An audit; {@code startNs} is the moment that deadlines count from. */
    ReplayAudit(LongSupplier startNs) {
        this.startNs = startNs;
    }

    /** Before packets flow: the receivers there are. */
    void receivers(List<Receiver<Inbound>> receivers) {
        receivers.forEach(receiver -> seen.add(new Seen()));
    }

    @Override
    public void onBytes(LiveFlow flow, Inbound inbound) {
        Seen mine = seen.get(flow.socket.receiver().number());
        try {
            if (inbound.sender() != null) {
                long dueNs = startNs.getAsLong() + ReplayHeader.deadlineNs(inbound.bytes());
                mine.response.recordValue(Math.min(MAX_NS, Math.max(0, System.nanoTime() - dueNs)));
                mine.datagrams.lazySet(mine.datagrams.get() + 1);
            } else {
                onPiece(mine, flow, inbound);
            }
        } finally {
            inbound.bytes().release();
        }
    }

    private static void onPiece(Seen mine, LiveFlow flow, Inbound inbound) {
        int length = inbound.bytes().readableBytes();
        int wrong = StreamBytes.mismatch(inbound.bytes(), flow.stream, flow.received);
        if (wrong != StreamBytes.NONE) {
            if (mine.misplaced.get() == 0) {
                mine.first = "flow " + flow.number + " direction " + flow.direction + ": the byte at offset "
                        + (flow.received + wrong) + " is another's";
            }
            mine.misplaced.incrementAndGet();
        }
        flow.received += length;
        mine.bytes.lazySet(mine.bytes.get() + length);
    }

    /** Datagrams received so far. */
    long datagrams() {
        long sum = 0;
        for (int i = 0; i < seen.size(); i++) {
            sum += seen.get(i).datagrams.get();
        }
        return sum;
    }

    /** Bytes of streams received so far. */
    long bytes() {
        return seen.stream().mapToLong(mine -> mine.bytes.get()).sum();
    }

    /** Pieces that had other bytes than their offset says. */
    long misplaced() {
        return seen.stream().mapToLong(mine -> mine.misplaced.get()).sum();
    }

    /** The first of them in words, or null. */
    String firstMisplaced() {
        return seen.stream()
                .map(mine -> mine.first)
                .filter(first -> first != null)
                .findFirst()
                .orElse(null);
    }

    /** Of datagrams, from deadline to receipt; when all threads have ended. */
    Histogram response() {
        Histogram all = new Histogram(MAX_NS, 3);
        seen.forEach(mine -> all.add(mine.response));
        return all;
    }
}
