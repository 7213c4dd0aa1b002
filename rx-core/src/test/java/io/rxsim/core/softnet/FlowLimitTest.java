package io.rxsim.core.softnet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The flow limit against the list of the last 128 buckets. */
class FlowLimitTest {
    private static FlowLimits onCpu1(int length) {
        FlowLimits limits = new FlowLimits(2);
        limits.set(List.of(0, length));
        return limits;
    }

    @Test
    void shouldDropFromThe65thPacketOfAFlowOn() {
        FlowLimits limits = onCpu1(4096);
        for (int i = 1; i <= 200; i++) {
            assertThat(limits.drops(1, 0xabcd, 500, 1000)).as("packet " + i).isEqualTo(i > 64);
        }
        assertThat(limits.count(1)).isEqualTo(136);
    }

    @Test
    void shouldNotLookBelowHalfOfTheLimitAndNeverWhereTheLimitIsNegative() {
        FlowLimits limits = onCpu1(4096);
        for (int i = 0; i < 300; i++) {
            assertThat(limits.drops(1, 0xabcd, 499, 1000)).isFalse();
            assertThat(limits.drops(1, 0xabcd, 1_000_000, -1)).isFalse();
            assertThat(limits.drops(0, 0xabcd, 999, 1000)).isFalse();
        }
        assertThat(limits.drops(1, 0xabcd, 500, 1001)).isFalse();
        assertThat(limits.count(1)).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 8, 4096})
    void shouldCountTheLast128PacketsDroppedOnesIncluded(int length) {
        SplittableRandom random = new SplittableRandom(length);
        FlowLimits limits = onCpu1(length);
        List<Long> last = new ArrayList<>();
        for (int i = 0; i < 128; i++) {
            last.add(-1L);
        }
        final int bits = Integer.numberOfTrailingZeros(length);
        int drops = 0;
        for (int i = 0; i < 5000; i++) {
            int hash = random.nextInt(10) < 5 + i / 1000 ? 7 : random.nextInt();
            long bucket = (hash * 0x61C88647L & 0xffffffffL) >> (32 - bits);
            last.remove(0);
            last.add(bucket);
            boolean expected = last.stream().filter(one -> one == bucket).count() > 64;
            drops += expected ? 1 : 0;
            boolean dropped = limits.drops(1, hash, 999, 1000);
            // The zeros of the empty history take from bucket 0, so that its count stays behind for good.
            if (bucket != 0) {
                assertThat(dropped).as("packet " + i).isEqualTo(expected);
            }
        }
        assertThat(drops).isPositive();
    }

    @Test
    void shouldNeverDropWithOneBucketBecauseTheEmptyHistoryTakesFromIt() {
        FlowLimits limits = onCpu1(1);
        for (int i = 0; i < 1000; i++) {
            assertThat(limits.drops(1, i, 999, 1000)).isFalse();
        }
    }

    @Test
    void shouldKeepATableThatStaysSetAndForgetOneThatIsCleared() {
        FlowLimits limits = onCpu1(4096);
        for (int i = 0; i < 100; i++) {
            limits.drops(1, 1, 999, 1000);
        }
        limits.set(List.of(8, 16));
        assertThat(limits.count(1)).isEqualTo(36);
        limits.set(List.of(8, 0));
        assertThat(limits.count(1)).isZero();
        assertThat(limits.drops(1, 1, 999, 1000)).isFalse();
        limits.set(List.of());
        for (int i = 0; i < 100; i++) {
            assertThat(limits.drops(0, 1, 999, 1000)).isFalse();
        }
    }
}
