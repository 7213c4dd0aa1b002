package io.rxsim.bench.reference;

import static org.assertj.core.api.Assertions.assertThat;

import io.rxsim.core.kernel.KernelRules;
import io.rxsim.core.kernel.Rule;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Random settings and timelines on the virtual engine and on {@link ReferenceHost}: every decision, queue, drop, end of protocol
 * processing and counter must be the same. A failing seed is printed; {@code -Drx.reference.seed=N} replays it alone.
 */
class RandomHostsTest {
    private static final long FIRST_SEED = 20_261_129;
    private static final int HOSTS = 2_000;
    private static final int LEAST = 100;
    private static final List<String> SEEN = List.of(
            "NONE",
            "RPS",
            "MATCH",
            "MIGRATED",
            "HELD",
            "FALLBACK",
            "CPU_BACKLOG by length",
            "CPU_BACKLOG by flow limit",
            "DEV_READY",
            "squeeze",
            "IPI",
            "offline move",
            "steered again",
            "wrap");

    @Test
    void shouldDoWhatTheReferenceDoes() {
        Counts counts = new Counts();
        List<String> failures = new ArrayList<>();
        String replayed = System.getProperty("rx.reference.seed");
        long first = replayed == null ? FIRST_SEED : Long.parseLong(replayed);
        int hosts = replayed == null ? HOSTS : 1;
        for (long seed = first; seed < first + hosts && failures.size() < 3; seed++) {
            if (new RandomHost(seed, counts, false).firstDifference() != null) {
                String difference = new RandomHost(seed, new Counts(), true).firstDifference();
                failures.add("-Drx.reference.seed=" + seed + ": " + difference);
            }
        }
        System.out.println("random hosts: " + counts);

        assertThat(failures).isEmpty();
        if (replayed == null) {
            assertThat(counts.of("case")).isGreaterThanOrEqualTo(10_000);
            assertThat(counts.of("case near a wrap") * 3).isGreaterThanOrEqualTo(counts.of("case"));
            assertThat(SEEN)
                    .allSatisfy(what -> assertThat(counts.of(what)).as(what).isGreaterThanOrEqualTo(LEAST));
            assertThat(List.of(1, 2, 3, 6, 12, 64, 65))
                    .allSatisfy(cpus ->
                            assertThat(counts.of("case of " + cpus + " CPUs")).isGreaterThanOrEqualTo(LEAST));
        }
    }

    @ParameterizedTest
    @EnumSource(
            names = {
                "TAIL_CHECK",
                "UPPER_BIT_CHECK",
                "SLOT_BY_HASH_32",
                "HEAD_ONCE_PER_POLL",
                "SOFTIRQ_TIME_LIMIT",
                "FLOW_LIMIT",
                "DEVICE_RUNNING_TEST",
                "DEAD_CPU_DUTIES_MOVE"
            })
    void shouldDifferWhereARuleOfTheProductIsSwitchedOff(Rule rule) {
        long seed = FIRST_SEED;
        while (new RandomHost(seed, new Counts(), false, KernelRules.V6_18.without(rule)).firstDifference() == null) {
            assertThat(++seed).as("hosts that do not show it").isLessThan(FIRST_SEED + 200);
        }
    }
}
