package io.rxsim.workload.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rxsim.core.run.RandomStream;
import io.rxsim.core.run.RandomStreams;
import org.junit.jupiter.api.Test;

class AliasTableTest {
    @Test
    void shouldDrawInProportionToTheWeights() {
        double[] weights = new double[100];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = 1 / StrictMath.pow(i + 1, 1.2);
        }
        assertThat(ChiSquare.against(counts(weights, 1_000_000), weights))
                .as("chi-square, 99 degrees of freedom")
                .isLessThan(ChiSquare.P001_DF99);
    }

    @Test
    void shouldNeverDrawAWeightOfZero() {
        assertThat(counts(new double[] {0, 3, 0, 1, 0}, 100_000)).satisfies(counts -> {
            assertThat(counts[0]).isZero();
            assertThat(counts[2]).isZero();
            assertThat(counts[4]).isZero();
        });
    }

    @Test
    void shouldDrawTheOnlyValue() {
        assertThat(counts(new double[] {0.1}, 1000)).containsExactly(1000);
    }

    @Test
    void shouldRefuseWeightsThatAreNone() {
        assertThatThrownBy(() -> new AliasTable(new double[] {1, -1})).hasMessageContaining("weight=-1.0");
        assertThatThrownBy(() -> new AliasTable(new double[] {Double.NaN})).hasMessageContaining("weight=NaN");
        assertThatThrownBy(() -> new AliasTable(new double[] {0, 0})).hasMessageContaining("sum of weights=0.0");
    }

    private static int[] counts(double[] weights, int draws) {
        AliasTable table = new AliasTable(weights);
        RandomStream stream = RandomStreams.stream(3, "alias");
        int[] counts = new int[weights.length];
        for (int i = 0; i < draws; i++) {
            counts[table.next(stream)]++;
        }
        return counts;
    }
}
