package io.rxsim.core.virtual;

import static org.assertj.core.api.Assertions.assertThat;

import io.rxsim.core.cost.Stage;
import io.rxsim.core.kernel.KernelRules;
import io.rxsim.core.run.RunResult;
import org.junit.jupiter.api.Test;

class SoftirqTest {
    private final Trace trace = new Trace();

    private static RunResult burst(Rig rig, int packets) {
        rig.rxUsecs = 10;
        return rig.arrivals(Arrivals.list().bareBurst(packets, 0, 0)).run();
    }

    /** Polls of a burst: a poll is all that costs. */
    private static long polls(int packets) {
        return burst(new Rig().cost(Stage.POLL, 1), packets)
                .cpus()
                .get(0)
                .usage()
                .softirqNs();
    }

    @Test
    void shouldPollOnceMoreAfterExactlyTheNapiWeight() {
        assertThat(polls(63)).isEqualTo(1);
        assertThat(polls(64)).isEqualTo(2);
        assertThat(polls(65)).isEqualTo(2);
        assertThat(polls(128)).isEqualTo(3);
    }

    @Test
    void shouldRunOneActionPerFullPollIn618AndRepollInTheSameActionIn2635() {
        Rig modern = new Rig().cost(Stage.SOFTIRQ, 1);
        assertThat(burst(modern, 200).cpus().get(0).usage().softirqNs()).isEqualTo(4);
        Rig old = new Rig().cost(Stage.SOFTIRQ, 1);
        old.rules = KernelRules.V2_6_35;
        assertThat(burst(old, 200).cpus().get(0).usage().softirqNs()).isEqualTo(1);
    }

    @Test
    void shouldTakeOneInterruptForThePacketsOfAModerationPeriod() {
        Rig rig = new Rig().cost(Stage.HARDIRQ, 100).cost(Stage.PROTOCOL, 1);
        rig.rxUsecs = 50;
        rig.arrivals(Arrivals.list()
                .bareAt(1000, 0)
                .bareAt(2000, 0)
                .bareAt(51_000, 0)
                .bareAt(60_000, 0));
        rig.observer = trace;
        RunResult result = rig.run();
        // The interrupt of the first comes at 51,000, when the third has just missed it; the fourth starts a new
        // period.
        assertThat(trace.of("processed"))
                .containsExactly(
                        "51101 processed 0/0 cpu 0",
                        "51102 processed 0/1 cpu 0",
                        "51103 processed 0/2 cpu 0",
                        "110101 processed 0/3 cpu 0");
        assertThat(result.cpus().get(0).usage().hardirqNs()).isEqualTo(200);
    }

    @Test
    void shouldTakeNoInterruptWhileNapiPolls() {
        Rig rig = new Rig().cost(Stage.HARDIRQ, 100).cost(Stage.PROTOCOL, 1000);
        Arrivals arrivals = Arrivals.list();
        for (int i = 0; i < 100; i++) {
            arrivals.bareAt(i * 500L, 0);
        }
        assertThat(rig.arrivals(arrivals).run().cpus().get(0).usage().hardirqNs())
                .isEqualTo(100);
    }

    @Test
    void shouldCountASqueezePerActionThatUsesUpItsBudget() {
        Rig rig = new Rig();
        rig.budget = 64;
        assertThat(burst(rig, 200).cpus().get(0).softnet().timeSqueeze()).isEqualTo(3);
        assertThat(burst(new Rig(), 200).cpus().get(0).softnet().timeSqueeze()).isZero();
    }

    /** Packets that CPU 0 has processed when the application there, woken by the first packet, gets its turn. */
    private long processedBeforeTheThread(Rig rig, int protocolNs) {
        rig.cost(Stage.PROTOCOL, protocolNs);
        rig.rxUsecs = 10;
        rig.ring = 16_384;
        rig.observer = trace;
        rig.arrivals(Arrivals.list().at(0, 0).bareBurst(9999, 0, 1)).run();
        return trace.lines.stream()
                .takeWhile(line -> !line.contains("consumed"))
                .filter(line -> line.contains("processed"))
                .count();
    }

    @Test
    void shouldLeaveTheRestToKsoftirqdAfterTenActions() {
        assertThat(processedBeforeTheThread(new Rig(), 100)).isEqualTo(10 * 64);
    }

    @Test
    void shouldLeaveTheRestToKsoftirqdAfterTwoMillisecondsIn618() {
        // 64 packets of 10 us are 0.64 ms: the fourth action ends after 2 ms.
        assertThat(processedBeforeTheThread(new Rig(), 10_000)).isEqualTo(4 * 64);
    }

    @Test
    void shouldEndTheLoopWhenTwoMillisecondsAreOverToTheNanosecondIn618() {
        assertThat(processedBeforeTheThread(new Rig(), 2_000_000 / 64)).isEqualTo(64);
    }

    @Test
    void shouldKnowNoTimeLimitOfTheLoopIn2635() {
        // The budget of 300 is tested before a poll: five polls of 64 per action. The two ticks end an action at 12 ms.
        Rig rig = new Rig();
        rig.rules = KernelRules.V2_6_35;
        assertThat(processedBeforeTheThread(rig, 1000)).isEqualTo(10 * 320);
    }

    @Test
    void shouldGiveApplicationsTheirTurnUnderOverload() {
        Rig rig = new Rig().cost(Stage.PROTOCOL, 2000).cost(Stage.RECV, 500);
        Arrivals arrivals = Arrivals.list();
        for (int i = 0; i < 20_000; i++) {
            arrivals.at(i * 1000L, 0);
        }
        rig.arrivals(arrivals);
        rig.ring = 512;
        rig.observer = trace;
        RunResult result = rig.run();
        long consumedWhileArriving = trace.of("consumed").stream()
                .filter(line -> Long.parseLong(line.substring(0, line.indexOf(' '))) < 20_000_000)
                .count();
        assertThat(consumedWhileArriving).isGreaterThan(1000);
        assertThat(result.traffic().droppedTotal()).isPositive();
        assertThat(result.traffic().packets())
                .isEqualTo(result.traffic().delivered() + result.traffic().droppedTotal());
    }
}
