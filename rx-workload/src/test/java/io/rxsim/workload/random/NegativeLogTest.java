package io.rxsim.workload.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.rxsim.core.run.RandomStream;
import io.rxsim.core.run.RandomStreams;
import org.junit.jupiter.api.Test;

class NegativeLogTest {
    private static final double UNIT = 0x1p-56;

    @Test
    void shouldAgreeWithTheLogarithmEverywhere() {
        RandomStream stream = RandomStreams.stream(11, "words");
        for (int i = 0; i < 50_000; i++) {
            long word = stream.nextLong() >>> (i % 64);
            double uniform = unsigned(word | 1) * 0x1p-64;
            assertThat(NegativeLog.of(word) * UNIT)
                    .as("word 0x%x", word)
                    .isCloseTo(-StrictMath.log(uniform), within(3e-10));
        }
    }

    @Test
    void shouldHaveMeanAndSecondMomentOfAStandardExponential() {
        // The midpoints of 2^20 equal slices of (0, 1): no sampling noise, only what the table and the slices leave.
        double sum = 0;
        double squares = 0;
        int slices = 1 << 20;
        for (long i = 0; i < slices; i++) {
            double value = NegativeLog.of((i << 44) + (1L << 43)) * UNIT;
            sum += value;
            squares += value * value;
        }
        assertThat(sum / slices).isCloseTo(1, within(1e-6));
        assertThat(squares / slices).isCloseTo(2, within(2e-5));
    }

    @Test
    void shouldNeverBeNegativeNorLeaveItsRange() {
        assertThat(NegativeLog.of(-1)).isBetween(0L, 1L << 20);
        assertThat(NegativeLog.of(0) * UNIT).isCloseTo(64 * StrictMath.log(2), within(1e-9));
        assertThat(NegativeLog.of(0)).isLessThan(1L << 62);
        for (long below = 1; below < 1000; below++) {
            assertThat(NegativeLog.of(-below << 40)).as("below %d", below).isNotNegative();
        }
    }

    @Test
    void shouldGiveTheSameValuesOnEveryJdk() {
        RandomStream stream = RandomStreams.stream(1, "golden");
        long folded = 0;
        for (int i = 0; i < 100_000; i++) {
            folded = folded * 31 + NegativeLog.of(stream.nextLong());
        }
        assertThat(folded).isEqualTo(-2_244_654_992_610_673_921L);
    }

    private static double unsigned(long word) {
        return (word >>> 1) * 2.0 + (word & 1);
    }
}
