package io.rxsim.core.live;

import io.rxsim.core.softnet.SoftnetView;
import io.rxsim.core.steer.Decision;
import io.rxsim.core.steer.ReplayableSteering;
import io.rxsim.core.steer.SteeringPolicy;
import java.io.IOException;
import java.util.Arrays;

/**
 * What one RX queue's decisions saw and led to, in order: enough to decide again. It ties the live engine to the policies as the
 * virtual engine runs them: {@link #replay} through a fresh policy must give the same decisions.
 *
 * <p>A record is hash, the word of the global flow table, which CPUs were asked to be online and which were, up to two heads (the old
 * CPU's for the drained test, the new one's on a switch), the decision, and the queue tail or the drop that followed. Records beyond
 * {@link #capacity()} are counted, not kept. Threads: written by the thread that polls the queue, read when the host has stopped.
 */
public final class DecisionLog implements SoftnetView {
    /** CPUs that a record can tell apart. */
    public static final int MAX_CPUS = Long.SIZE;

    /** Outcome of a packet that took no backlog, or whose decision carries no slot to learn the tail. */
    static final long NOTHING = -1;
    /** Outcome of a packet that the backlog refused. */
    static final long DROPPED = -2;

    private static final int LONGS = 6;
    private static final int HASH_ENTRY = 0;
    private static final int ASKED = 1;
    private static final int ONLINE = 2;
    private static final int HEADS = 3;
    private static final int DECISION = 4;
    private static final int OUTCOME = 5;

    private final int rxQueue;
    private final int capacity;
    private final SoftnetView softnet;
    private long[] records = new long[64 * LONGS];
    private int size;
    private long missed;
    private long asked;
    private long online;
    private int heads;
    private long headsRead;

    DecisionLog(int rxQueue, int capacity, SoftnetView softnet) {
        this.rxQueue = rxQueue;
        this.capacity = capacity;
        this.softnet = softnet;
    }

    /** The queue. */
    public int rxQueue() {
        return rxQueue;
    }

    /** Records kept. */
    public int size() {
        return size;
    }

    /** Records kept at most. */
    public int capacity() {
        return capacity;
    }

    /** Decisions that came after the log was full. */
    public long missed() {
        return missed;
    }

    /** A packed {@link Decision} of the log. */
    public long decision(int record) {
        return records[record * LONGS + DECISION];
    }

    /** Decides for a packet and notes what was read. */
    long steer(SteeringPolicy policy, int hash, long nowNs) {
        asked = 0;
        online = 0;
        heads = 0;
        headsRead = 0;
        int entry = 0;
        final long decision;
        if (policy instanceof ReplayableSteering replayable) {
            entry = replayable.entry(hash);
            decision = replayable.steerByEntry(rxQueue, hash, entry, this);
        } else {
            decision = policy.steer(rxQueue, hash, nowNs, this);
        }
        if (size == capacity) {
            missed++;
        } else {
            int at = size++ * LONGS;
            if (at == records.length) {
                records = Arrays.copyOf(records, records.length * 2);
            }
            records[at + HASH_ENTRY] = Integer.toUnsignedLong(hash) << 32 | Integer.toUnsignedLong(entry);
            records[at + ASKED] = asked;
            records[at + ONLINE] = online;
            records[at + HEADS] = headsRead;
            records[at + DECISION] = decision;
            records[at + OUTCOME] = NOTHING;
        }
        return decision;
    }

    /** What the packet just decided led to: its tail, u32, or {@link #DROPPED}. */
    void outcome(long outcome) {
        if (missed == 0) {
            records[(size - 1) * LONGS + OUTCOME] = outcome;
        }
    }

    @Override
    public int cpuCount() {
        return softnet.cpuCount();
    }

    @Override
    public boolean isOnline(int cpu) {
        boolean up = softnet.isOnline(cpu);
        asked |= 1L << cpu;
        online |= up ? 1L << cpu : 0;
        return up;
    }

    @Override
    public int inputQueueHead(int cpu) {
        int head = softnet.inputQueueHead(cpu);
        // The first in the upper half, the second in the lower: the order in which a policy asks is the same in a
        // replay.
        headsRead |= Integer.toUnsignedLong(head) << (heads++ == 0 ? 32 : 0);
        return head;
    }

    @Override
    public int inputQueueTail(int cpu) {
        throw new UnsupportedOperationException("a policy that reads tails cannot be logged");
    }

    /** What a replay found first, in words. */
    public record Difference(int record, String what) {}

    /**
     * Runs the log through a fresh policy.
     *
     * @param fresh a policy of the same machine with empty tables; it is used up
     * @return the first record that it decides otherwise, or null if there is none
     */
    public Difference replay(SteeringPolicy fresh) {
        Logged view = new Logged();
        for (int record = 0; record < size; record++) {
            int at = record * LONGS;
            view.at = at;
            view.heads = 0;
            int hash = (int) (records[at + HASH_ENTRY] >>> 32);
            long decision = fresh instanceof ReplayableSteering replayable
                    ? replayable.steerByEntry(rxQueue, hash, (int) records[at + HASH_ENTRY], view)
                    : fresh.steer(rxQueue, hash, 0, view);
            if (decision != records[at + DECISION]) {
                return new Difference(
                        record, "logged " + text(records[at + DECISION]) + ", decided again " + text(decision));
            }
            if (records[at + OUTCOME] >= 0 && Decision.hasSlot(decision)) {
                fresh.onEnqueued(rxQueue, decision, (int) records[at + OUTCOME]);
            }
        }
        return null;
    }

    private static String text(long decision) {
        return Decision.reason(decision).label() + " to CPU " + Decision.cpu(decision) + " slot "
                + Decision.slot(decision);
    }

    /** CSV with a header line; heads, online bits and hashes as unsigned numbers, in hex where they are masks or hashes. */
    public void write(Appendable out) throws IOException {
        out.append("queue,hash,entry,asked,online,head_old,head_new,cpu,reason,slot,outcome\n");
        for (int record = 0; record < size; record++) {
            int at = record * LONGS;
            long decision = records[at + DECISION];
            long outcome = records[at + OUTCOME];
            out.append(rxQueue + "," + Long.toHexString(records[at + HASH_ENTRY] >>> 32) + ","
                    + Long.toHexString(records[at + HASH_ENTRY] & 0xffffffffL) + ","
                    + Long.toHexString(records[at + ASKED]) + "," + Long.toHexString(records[at + ONLINE]) + ","
                    + (records[at + HEADS] >>> 32) + "," + (records[at + HEADS] & 0xffffffffL) + ","
                    + Decision.cpu(decision) + "," + Decision.reason(decision).label() + ","
                    + Decision.slot(decision) + ","
                    + (outcome == DROPPED ? "dropped" : outcome == NOTHING ? "" : Long.toString(outcome)) + "\n");
        }
    }

    /** The CPUs as a record has them. */
    private final class Logged implements SoftnetView {
        private int at;
        private int heads;

        @Override
        public int cpuCount() {
            return softnet.cpuCount();
        }

        @Override
        public boolean isOnline(int cpu) {
            return (records[at + ONLINE] >>> cpu & 1) != 0;
        }

        @Override
        public int inputQueueHead(int cpu) {
            return (int) (records[at + HEADS] >>> (heads++ == 0 ? 32 : 0));
        }

        @Override
        public int inputQueueTail(int cpu) {
            throw new UnsupportedOperationException("a policy that reads tails cannot be logged");
        }
    }
}
