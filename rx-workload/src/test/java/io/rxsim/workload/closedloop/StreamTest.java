package io.rxsim.workload.closedloop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.rxsim.core.cost.Stage;
import io.rxsim.core.kernel.KernelRules;
import io.rxsim.core.run.RunResult;
import io.rxsim.core.run.RxObserver;
import io.rxsim.core.run.StreamLimit;
import io.rxsim.core.run.Traffic;
import io.rxsim.workload.Allocation;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** TCP_STREAM: traces computed by hand, closed forms and laws. A frame is 1,514 bytes, with preamble, checksum and gap 1,538. */
class StreamTest {
    private static final long MS = 1_000_000;
    private static final double SEGMENT_BITS = 1448 * 8;

    private final List<Long> arrivedNs = new ArrayList<>();
    private final List<Long> processedNs = new ArrayList<>();
    private final List<Long> consumedNs = new ArrayList<>();

    private static LoopRig free() {
        LoopRig rig = new LoopRig().set("client_cost", "0");
        rig.test = "TCP_STREAM";
        return rig;
    }

    /** One connection with a window of two segments, everything on CPU 0. */
    private LoopRig traced() {
        LoopRig rig = free().cost(Stage.HARDIRQ, 100)
                .cost(Stage.SOFTIRQ, 10)
                .cost(Stage.POLL, 20)
                .cost(Stage.DRIVER, 200)
                .cost(Stage.GRO, 25)
                .cost(Stage.PROTOCOL, 500)
                .cost(Stage.WAKEUP, 80)
                .cost(Stage.SWITCH, 90)
                .cost(Stage.RECV, 150)
                .cost(Stage.ACK, 70)
                .cost(Stage.TX_COMPLETE, 30)
                .cost(Stage.IDLE_EXIT, 1000)
                .set("message", "2896")
                .set("window", "2896");
        rig.rxUsecs = 1;
        rig.service = "400ns";
        rig.observer = new RxObserver() {
            @Override
            public void onArrived(long nowNs, int flow, int sequence, int rxQueue) {
                arrivedNs.add(nowNs);
            }

            @Override
            public void onProcessed(long nowNs, int flow, int sequence, int cpu) {
                processedNs.add(nowNs);
            }

            @Override
            public void onConsumed(long nowNs, int flow, int sequence, int cpu) {
                consumedNs.add(nowNs);
            }
        };
        return rig;
    }

    private static List<Long> every(long periodNs, int times, long... firstNs) {
        List<Long> all = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            for (long first : firstNs) {
                all.add(first + i * periodNs);
            }
        }
        return all;
    }

    /**
     * <pre>
     *     0  two segments, 1230.4 ns each on the link, 10000 on the network
     * 11230  segment 0 at the NIC; interrupt one microsecond later: leaving idle 1000 + handler 100
     * 12460  segment 1 at the NIC
     * 13330  softirq 10 + poll 20 + driver 200
     * 13560  protocol 500
     * 14060  segment 0 at its socket; owed: wake-up 80; next: driver 200
     * 14340  protocol 500
     * 14840  segment 1 at its socket: two are not acknowledged, but the window would be 89, of 90 before; switch 90
     * 14930  recv 150
     * 15080  segment 0 received: two are not acknowledged: acknowledgement 70
     * 15150  it leaves, 10000 on the network; work 400
     * 15550  recv 150
     * 15700  segment 1 received; work 400
     * 25150  the client may send two segments more
     * </pre>
     */
    @Test
    void shouldGoRoundAtTheTimesComputedByHand() {
        long periodNs = 25_150;
        RunResult result = traced().measure(0, 100 * periodNs).run();
        assertThat(arrivedNs).isEqualTo(every(periodNs, 100, 11_230, 12_460));
        assertThat(processedNs).isEqualTo(every(periodNs, 100, 14_060, 14_840));
        assertThat(consumedNs).isEqualTo(every(periodNs, 100, 15_080, 15_700));
        assertThat(result.client().stream().bitsPerSecond())
                .isCloseTo(200 * SEGMENT_BITS * 1e9 / (100 * periodNs), within(1.0));
        // Of 23,920 ns from the first segment's leaving to its acknowledgement, the network needs 20,000.
        assertThat(result.client().stream().waitedNs())
                .containsEntry(StreamLimit.LINK, 1230L * 101)
                .containsEntry(StreamLimit.HOST, 3920L * 100)
                .containsEntry(StreamLimit.WINDOW, 20_000L * 100)
                .containsEntry(StreamLimit.RECEIVE_WINDOW, 0L);
        assertThat(result.client().stream().limitedBy()).isEqualTo(StreamLimit.WINDOW);
    }

    /**
     * The same with GRO: driver and GRO 225 each, the second segment has PSH and takes the first along.
     *
     * <pre>
     * 13330  softirq 10 + poll 20 + 225
     * 13585  segment 0 is held; 225
     * 13810  segment 1 is merged; protocol 500 for both
     * 14310  both at their socket; wake-up 80
     * 14390  switch 90, recv 150
     * 14630  both received; acknowledgement 70
     * 14700  it leaves
     * </pre>
     */
    @Test
    void shouldPayProtocolOnceForMergedSegments() {
        long periodNs = 24_700;
        LoopRig rig = traced().measure(0, 100 * periodNs);
        rig.gro = true;
        RunResult result = rig.run();
        assertThat(arrivedNs).isEqualTo(every(periodNs, 100, 11_230, 12_460));
        assertThat(processedNs).isEqualTo(every(periodNs, 100, 14_310, 14_310));
        assertThat(consumedNs).isEqualTo(every(periodNs, 100, 14_630, 14_630));
        assertThat(result.cpus().get(0).softnet().processed()).isEqualTo(100);
        assertThat(result.traffic().packets()).isEqualTo(200);
        assertThat(result.traffic().delivered()).isEqualTo(200);
        assertThat(result.order().outOfOrder()).isZero();
    }

    @ParameterizedTest
    @EnumSource(names = {"GRO", "ACK"})
    void shouldChangeTheDigestWithOneNanosecondMore(Stage stage) {
        LoopRig rig = traced().measure(0, 100_000);
        rig.gro = true;
        long digest = rig.run().digest();
        rig.cost(stage, (stage == Stage.GRO ? 25 : 70) + 1);
        assertThat(rig.run().digest()).isNotEqualTo(digest);
    }

    @Test
    void shouldAcknowledgeASingleSegmentAfter40Milliseconds() {
        traced().set("window", "1448").measure(0, 50 * MS).run();
        // At its socket at 14,060; timer; 10,000 there, 1,230 on the link, 10,000 back.
        assertThat(arrivedNs).containsExactly(11_230L, 40_035_290L);
    }

    @ParameterizedTest
    @CsvSource({"10, 100us", "40, 100us", "64, 1ms"})
    void shouldGiveWindowPerRoundTripWhereTheWindowLimits(int segments, String delay) {
        LoopRig rig = free().set("window", "" + segments * 1448)
                .set("network_delay", delay)
                .set("link_rate", "1000G")
                .measure(50 * MS, 200 * MS);
        RunResult result = rig.run();
        double roundTripNs = "1ms".equals(delay) ? 2e6 : 2e5;
        assertThat(result.client().stream().bitsPerSecond())
                .isCloseTo(
                        segments * SEGMENT_BITS * 1e9 / roundTripNs,
                        within(segments * SEGMENT_BITS * 1e9 / roundTripNs * 0.01));
        assertThat(result.client().stream().limitedBy()).isEqualTo(StreamLimit.WINDOW);
    }

    @ParameterizedTest
    @CsvSource({"1, 1G, 1e9, false", "1, 10G, 1e10, true", "7, 2.5Gbit/s, 2.5e9, true"})
    void shouldGiveThePayloadsShareOfTheLinkWhereTheLinkLimits(int instances, String rate, double bits, boolean gro) {
        LoopRig rig = free().set("instances", "" + instances)
                .set("link_rate", rate)
                .set("network_delay", "1us")
                .measure(10 * MS, 50 * MS);
        rig.gro = gro;
        RunResult result = rig.run();
        double expected = bits * 1448 / 1538;
        assertThat(result.client().stream().bitsPerSecond()).isCloseTo(expected, within(expected * 0.001));
        assertThat(result.client().stream().limitedBy()).isEqualTo(StreamLimit.LINK);
    }

    @Test
    void shouldGiveTheRateOfAClientThatIsTheBottleneck() {
        LoopRig rig = free().set("client_cpus", "1")
                .set("client_cost", "100us")
                .set("message", "14480")
                .measure(10 * MS, 100 * MS);
        RunResult result = rig.run();
        assertThat(result.client().stream().bitsPerSecond()).isCloseTo(10 * SEGMENT_BITS * 1e4, within(1e7));
        assertThat(result.client().stream().limitedBy()).isEqualTo(StreamLimit.CLIENT_CPU);
        assertThat(result.client().busy()).isGreaterThan(0.99);
    }

    @Test
    void shouldStopTheSenderOfASlowApplicationAndLoseNothing() {
        LoopRig rig = free().measure(20 * MS, 200 * MS);
        rig.service = "20us";
        RunResult result = rig.run();
        assertThat(result.client().stream().bitsPerSecond()).isCloseTo(SEGMENT_BITS * 5e4, within(SEGMENT_BITS * 50));
        assertThat(result.client().stream().limitedBy()).isEqualTo(StreamLimit.RECEIVE_WINDOW);
        assertThat(result.traffic().droppedTotal()).isZero();
        assertThat(result.client().losses().lost()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"false, 1, v6.18", "true, 20, v2.6.35", "true, 20, v6.18"})
    void shouldAccountForEverySegmentWhereTheRingLosesSome(boolean gro, int instances, String kernel) {
        LoopRig rig = lossy(gro, instances, kernel);
        RunResult result = rig.run();
        Traffic traffic = result.traffic();
        assertThat(traffic.packets()).isEqualTo(traffic.delivered() + traffic.droppedTotal() + traffic.queued());
        assertThat(traffic.droppedTotal()).isPositive();
        assertThat(result.client().losses().lost()).isGreaterThanOrEqualTo(traffic.droppedTotal());
        assertThat(result.client().losses().retransmitted()).isPositive();
        assertThat(result.client().stream().bitsPerSecond()).isGreaterThan(1e7);
        assertThat(result.order().violations()).isZero();
        rig.measure(0, 20 * MS);
        assertThat(rig.run().digest()).isEqualTo(rig.run().digest());
    }

    private static LoopRig lossy(boolean gro, int instances, String kernel) {
        LoopRig rig = free().cost(Stage.DRIVER, 1500)
                .cost(Stage.GRO, 50)
                .cost(Stage.PROTOCOL, 700)
                .cost(Stage.RECV, 400)
                .cost(Stage.ACK, 100)
                .set("instances", "" + instances)
                .set("network_delay", "20us")
                .measure(0, 250 * MS);
        rig.ring = 32;
        rig.rxUsecs = 20;
        rig.placement = "pinned:2";
        rig.gro = gro;
        rig.rules = KernelRules.of(kernel);
        return rig;
    }

    @ParameterizedTest
    @CsvSource({"false", "true"})
    void shouldAllocateNothingPerSegment(boolean gro) {
        LoopRig rig = lossy(gro, 30, "v6.18");
        rig.measure(0, 50 * MS).run();
        long startBytes = Allocation.bytes();
        long few = rig.measure(0, 50 * MS).run().traffic().packets();
        long middleBytes = Allocation.bytes();
        long many = rig.measure(0, 150 * MS).run().traffic().packets();
        long moreBytes = Allocation.bytes() - middleBytes - (middleBytes - startBytes);
        assertThat(many - few).isGreaterThan(20_000);
        assertThat(moreBytes).isLessThan(many - few);
    }
}
