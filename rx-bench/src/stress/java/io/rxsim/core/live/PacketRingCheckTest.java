package io.rxsim.core.live;

import java.util.Arrays;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.ThreadIdGen;
import org.junit.jupiter.api.Test;

/** Claims, publications and removals of a {@link PacketRing} by several threads are those of a {@link PlainRing} in some order of calls. */
public class PacketRingCheckTest {
    static final int LIMIT = 1;
    /** Lincheck numbers its threads from 0 or 1; what a thread has claimed and not published, plus one. */
    static final int THREADS = 8;

    private final PacketRing<String> ring = new PacketRing<>(8);
    private final long[] unpublished = new long[THREADS];
    private long taken = -1;

    /** A producer, unless it has a slot to publish. */
    @Operation
    public long claim(@Param(gen = ThreadIdGen.class) int thread) {
        if (unpublished[thread] != 0) {
            return Long.MAX_VALUE;
        }
        long sequence = ring.claim(ring.head(), LIMIT);
        unpublished[thread] = sequence + 1;
        return sequence;
    }

    /** The producer, if it has claimed. */
    @Operation
    public boolean publish(@Param(gen = ThreadIdGen.class) int thread) {
        if (unpublished[thread] == 0) {
            return false;
        }
        ring.publish(unpublished[thread] - 1);
        unpublished[thread] = 0;
        return true;
    }

    /** The consumer: the next packet, or -1. */
    @Operation(nonParallelGroup = "consumer")
    public long take() {
        if (!ring.isPublished(taken + 1)) {
            return -1;
        }
        taken++;
        ring.release(taken);
        return taken;
    }

    @Test
    void shouldBeLinearizable() {
        new ModelCheckingOptions()
                .iterations(Orders.SCENARIOS)
                .invocationsPerIteration(Orders.ORDERS_PER_SCENARIO)
                .threads(2)
                .actorsPerThread(3)
                .actorsBefore(2)
                .actorsAfter(1)
                .sequentialSpecification(PlainRing.class)
                .check(PacketRingCheckTest.class);
    }

    /** The same without a thread in mind. */
    public static final class PlainRing {
        private final boolean[] published = new boolean[64];
        private final long[] unpublished = new long[THREADS];
        private long claimed = -1;
        private long taken = -1;

        /** Accepts a packet while at most {@link #LIMIT} are inside. */
        public long claim(int thread) {
            if (unpublished[thread] != 0) {
                return Long.MAX_VALUE;
            }
            if (claimed - taken > LIMIT) {
                return PacketRing.REFUSED;
            }
            claimed++;
            unpublished[thread] = claimed + 1;
            return claimed;
        }

        /** Fills the slot. */
        public boolean publish(int thread) {
            if (unpublished[thread] == 0) {
                return false;
            }
            published[(int) unpublished[thread] - 1] = true;
            unpublished[thread] = 0;
            return true;
        }

        /** Up to the first gap. */
        public long take() {
            if (!published[(int) taken + 1]) {
                return -1;
            }
            taken++;
            return taken;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof PlainRing ring
                    && claimed == ring.claimed
                    && taken == ring.taken
                    && Arrays.equals(published, ring.published)
                    && Arrays.equals(unpublished, ring.unpublished);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(
                    new long[] {claimed, taken, Arrays.hashCode(published), Arrays.hashCode(unpublished)});
        }
    }
}
