package io.rxsim.bench.micro;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MeasurementTest {
    private static final BenchmarkCase FAST = new BenchmarkCase("g", "fast", Map.of());
    private static final BenchmarkCase SLOW = new BenchmarkCase("g", "slow", Map.of());

    private static Sample sample(double bytes, long... batchNs) {
        Histogram histogram = new Histogram(3);
        for (long ns : batchNs) {
            histogram.recordValue(ns);
        }
        return new Sample(histogram, bytes);
    }

    private static Measurement of(BenchmarkCase benchmark, long... mediansNs) {
        Measurement measurement = new Measurement(benchmark);
        for (long ns : mediansNs) {
            measurement.add(sample(0, ns));
        }
        return measurement;
    }

    @Test
    void shouldGiveNanosecondsPerOperationOfAllRounds() {
        Measurement measurement = new Measurement(FAST);
        measurement.add(sample(2, 1000, 2000, 3000));
        measurement.add(sample(4, 5000, 5000, 5000));

        assertThat(measurement.percentileNs(50)).isEqualTo(3.001, within(0.01));
        assertThat(measurement.meanNs()).isEqualTo(3.5, within(0.01));
        assertThat(measurement.medianNs(1)).isEqualTo(5, within(0.01));
        assertThat(measurement.bytesPerOperation()).isEqualTo(3);
        assertThat(measurement.rounds()).isEqualTo(2);
    }

    private static org.assertj.core.data.Offset<Double> within(double distance) {
        return org.assertj.core.data.Offset.offset(distance);
    }

    @Test
    void shouldTakeTheMiddleRoundsRatioAndShowTheOthers() {
        List<Ratio> ratios = Ratio.of(
                List.of(new Target("slow / fast", SLOW, FAST, 2)),
                List.of(of(FAST, 100, 100, 200), of(SLOW, 150, 900, 300)));

        assertThat(ratios).singleElement().satisfies(ratio -> {
            assertThat(ratio.value()).isEqualTo(1.5, within(0.01));
            assertThat(ratio.low()).isEqualTo(1.5, within(0.01));
            assertThat(ratio.high()).isEqualTo(9, within(0.01));
            assertThat(ratio.met()).isTrue();
        });
    }

    @Test
    void shouldMissATargetOnlyAboveIt() {
        List<Measurement> measured = List.of(of(FAST, 100), of(SLOW, 300));

        assertThat(Ratio.of(List.of(new Target("", SLOW, FAST, 2.99)), measured))
                .noneMatch(Ratio::met);
        assertThat(Ratio.of(List.of(new Target("", SLOW, FAST, 3.01)), measured))
                .allMatch(Ratio::met);
        assertThat(Ratio.of(List.of(new Target("", SLOW, FAST, Target.NONE)), measured))
                .allMatch(Ratio::met);
    }

    @Test
    void shouldLeaveOutARatioOfWhichOneSideWasNotMeasured() {
        assertThat(Ratio.of(List.of(new Target("", SLOW, FAST, 2)), List.of(of(FAST, 100), new Measurement(SLOW))))
                .isEmpty();
    }

    @Test
    void shouldNameTheProcessorAndSayWhenItCannot(@TempDir Path temp) throws Exception {
        Path cpuinfo = Files.writeString(
                temp.resolve("cpuinfo"), "processor\t: 0\nmodel name\t: Some CPU @ 3 GHz\nmodel name\t: Other\n");

        assertThat(Conditions.cpuModel(cpuinfo)).isEqualTo("Some CPU @ 3 GHz");
        assertThat(Conditions.cpuModel(temp.resolve("absent"))).isEqualTo("unknown");
        assertThat(Conditions.commit(temp)).isEqualTo("unknown");
    }
}
