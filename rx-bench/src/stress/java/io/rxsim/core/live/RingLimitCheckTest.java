package io.rxsim.core.live;

import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.junit.jupiter.api.Test;

/**
 * The limit of a {@link PacketRing} is exact, also while the consumer releases: each claim is accepted or refused as by a queue of that
 * length in some order of calls.
 */
public class RingLimitCheckTest {
    private static final int LIMIT = 1;

    private final PacketRing<String> ring = new PacketRing<>(8);

    /** Any producer. */
    @Operation
    public long claim() {
        return ring.claim(ring.head(), LIMIT);
    }

    /** The consumer. */
    @Operation(nonParallelGroup = "consumer")
    public boolean release() {
        long next = ring.head().get() + 1;
        if (ring.claimed() < next) {
            return false;
        }
        ring.release(next);
        return true;
    }

    @Test
    void shouldAcceptAndRefuseAsAQueueOfThatLength() {
        new ModelCheckingOptions()
                .iterations(2 * Orders.SCENARIOS)
                .invocationsPerIteration(Orders.ORDERS_PER_SCENARIO)
                .threads(2)
                .actorsPerThread(3)
                .actorsBefore(2)
                .actorsAfter(0)
                .sequentialSpecification(PlainQueue.class)
                .check(RingLimitCheckTest.class);
    }

    /** The same, of two numbers. */
    public static final class PlainQueue {
        private long claimed = -1;
        private long head = -1;

        /** Accepts a packet while at most {@link #LIMIT} are inside. */
        public long claim() {
            if (claimed - head > LIMIT) {
                return PacketRing.REFUSED;
            }
            claimed++;
            return claimed;
        }

        /** Takes one out. */
        public boolean release() {
            if (claimed == head) {
                return false;
            }
            head++;
            return true;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof PlainQueue queue && claimed == queue.claimed && head == queue.head;
        }

        @Override
        public int hashCode() {
            return Long.hashCode(claimed * 31 + head);
        }
    }
}
