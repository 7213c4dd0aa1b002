package io.rxsim.workload.closedloop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rxsim.core.cost.Stage;
import io.rxsim.core.kernel.KernelRules;
import io.rxsim.core.run.Arrival;
import io.rxsim.core.run.ArrivalMix;
import io.rxsim.core.run.ArrivalSource;
import io.rxsim.core.run.HashKeys;
import io.rxsim.core.run.RunResult;
import io.rxsim.core.run.WorkloadResult;
import io.rxsim.core.softnet.DropReason;
import io.rxsim.workload.Allocation;
import io.rxsim.workload.WorkloadCatalog;
import io.rxsim.workload.spec.PacketHashing;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Several workloads on one host. */
class MixTest {
    private static final long MS = 1_000_000;
    private static final int ANSWER = 43;

    private static ArrivalSource flood(String rate) {
        return WorkloadCatalog.prepare(
                        "UDP_STREAM",
                        Map.of("rate", rate, "arrivals", "constant", "flows", "2", "port", "closed"),
                        new PacketHashing(KernelRules.V6_18, HashKeys.ofSeed(1)),
                        1)
                .open();
    }

    private static LoopRig rig(String rate) {
        LoopRig rig = new LoopRig()
                .cost(Stage.HARDIRQ, 300)
                .cost(Stage.DRIVER, 200)
                .cost(Stage.PROTOCOL, 500)
                .cost(Stage.RECV, 300)
                .cost(Stage.SEND, 900)
                .set("instances", "3")
                .measure(10 * MS, 50 * MS);
        rig.around = source -> new ArrivalMix(
                List.of(new ArrivalMix.Part("flood", flood(rate), 2, 0), new ArrivalMix.Part("rr", source, 3, ANSWER)));
        return rig;
    }

    @Test
    void shouldMergeInTimeOrderAndNumberFlowsOneAfterTheOther() {
        ArrivalMix mix = new ArrivalMix(
                List.of(new ArrivalMix.Part("a", flood("1000"), 2, 0), new ArrivalMix.Part("b", flood("500"), 2, 0)));
        Arrival arrival = new Arrival();
        StringBuilder order = new StringBuilder();
        for (int i = 0; i < 6; i++) {
            mix.next(arrival);
            order.append(arrival.flow < 2 ? 'a' : 'b')
                    .append(arrival.timeNs / MS)
                    .append(' ');
        }
        assertThat(order.toString()).isEqualTo("a0 b0 a1 a2 b2 a3 ");
        assertThat(mix.describeFlow(2)).isEqualTo(mix.describeFlow(0));
        assertThatThrownBy(() -> new ArrivalMix(List.of(
                        new ArrivalMix.Part("a", flood("1"), 1 << 23, 0), new ArrivalMix.Part("b", flood("1"), 1, 0))))
                .hasMessageContaining("more than 8388608 flows together");
    }

    @Test
    void shouldMeasureEachWorkloadApartAndAllTogether() {
        RunResult result = rig("100000").run();
        WorkloadResult flood = result.workloads().get(0);
        WorkloadResult rr = result.workloads().get(1);
        assertThat(flood.packets()).isEqualTo(5_000);
        assertThat(flood.dropped()).isEqualTo(5_000);
        assertThat(flood.delivered()).isZero();
        assertThat(flood.client()).isNull();
        assertThat(result.traffic().dropped()).containsEntry(DropReason.NO_SOCKET, 5_000L);
        assertThat(rr.packets() + flood.packets()).isEqualTo(result.traffic().packets());
        assertThat(rr.delivered()).isEqualTo(result.traffic().delivered());
        assertThat(rr.client().transactions())
                .isEqualTo(result.client().transactions())
                .isPositive();
        assertThat(rr.latency()).isEqualTo(result.latency().total());
    }

    @Test
    void shouldTakeTimeFromTheClosedLoopButNotItsPackets() {
        double alone = rig("1/s").run().client().perSecond();
        double beside = rig("800000").run().client().perSecond();
        assertThat(beside).isLessThan(0.9 * alone).isGreaterThan(0.1 * alone);
    }

    @Test
    void shouldRepeatAndAllocateNothingPerPacket() {
        long digest = rig("400000").run().digest();
        long startBytes = Allocation.bytes();
        assertThat(rig("400000").run().digest()).isEqualTo(digest);
        long middleBytes = Allocation.bytes();
        long packets = rig("400000").measure(10 * MS, 150 * MS).run().traffic().packets();
        long moreBytes = Allocation.bytes() - middleBytes - (middleBytes - startBytes);
        assertThat(packets).isGreaterThan(60_000);
        assertThat(moreBytes).isLessThan(packets);
    }
}
