package io.rxsim.workload.population;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.rxsim.core.run.RandomStream;
import io.rxsim.core.run.RandomStreams;
import io.rxsim.workload.random.ChiSquare;
import org.junit.jupiter.api.Test;

class PopulationTest {
    private static final int DRAWS = 1_000_000;
    private static final int FLOWS = 100;

    @Test
    void shouldDrawAllFlowsAlikeFromAUniformPopulation() {
        assertThat(ChiSquare.evenly(counts("uniform"))).isLessThan(ChiSquare.P001_DF99);
    }

    @Test
    void shouldDrawFlowsByTheirRankFromAZipfPopulation() {
        double[] weights = new double[FLOWS];
        for (int i = 0; i < FLOWS; i++) {
            weights[i] = StrictMath.pow(i + 1, -1.1);
        }
        assertThat(ChiSquare.against(counts("zipf:1.1"), weights)).isLessThan(ChiSquare.P001_DF99);
        assertThat(ChiSquare.evenly(counts("zipf:0"))).isLessThan(ChiSquare.P001_DF99);
    }

    @Test
    void shouldGiveElephantsTheirShare() {
        int[] counts = counts("elephants:10,0.8");
        double[] weights = new double[FLOWS];
        for (int i = 0; i < FLOWS; i++) {
            weights[i] = i < 10 ? 0.08 : 0.2 / 90;
        }
        assertThat(ChiSquare.against(counts, weights)).isLessThan(ChiSquare.P001_DF99);
        int elephants = 0;
        for (int i = 0; i < 10; i++) {
            elephants += counts[i];
        }
        assertThat(elephants / (double) DRAWS).isCloseTo(0.8, within(4 * StrictMath.sqrt(0.16 / DRAWS)));
    }

    @Test
    void shouldNameWhatIsAllowed() {
        assertThatThrownBy(() -> PopulationCatalog.parse("unifrom", FLOWS))
                .hasMessage("population=unifrom is unknown, did you mean uniform?, allowed: uniform, zipf, elephants");
        assertThatThrownBy(() -> PopulationCatalog.parse("zipf", FLOWS)).hasMessageContaining("zipf:EXPONENT");
        assertThatThrownBy(() -> PopulationCatalog.parse("zipf:x", FLOWS)).hasMessageContaining("0 to 10");
        assertThatThrownBy(() -> PopulationCatalog.parse("elephants:100,0.8", FLOWS))
                .hasMessageContaining("1 to 99");
        assertThatThrownBy(() -> PopulationCatalog.parse("elephants:10,1.5", FLOWS))
                .hasMessageContaining("0 to 1");
        assertThatThrownBy(() -> PopulationCatalog.parse("elephants:1,0.5", 1)).hasMessageContaining("2 or more");
    }

    private static int[] counts(String text) {
        FlowPopulation population = PopulationCatalog.parse(text, FLOWS);
        RandomStream stream = RandomStreams.stream(9, "flows");
        int[] counts = new int[FLOWS];
        for (int i = 0; i < DRAWS; i++) {
            counts[population.nextFlow(stream)]++;
        }
        return counts;
    }
}
