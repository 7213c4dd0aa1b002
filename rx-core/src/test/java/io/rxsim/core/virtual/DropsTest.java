package io.rxsim.core.virtual;

import static org.assertj.core.api.Assertions.assertThat;

import io.rxsim.core.cost.Stage;
import io.rxsim.core.run.RunResult;
import io.rxsim.core.softnet.DropReason;
import java.util.List;
import org.junit.jupiter.api.Test;

class DropsTest {
    private final Trace trace = new Trace();

    private static void assertOnlyDrops(RunResult result, DropReason reason, long count) {
        assertThat(result.traffic().dropped().get(reason)).isEqualTo(count);
        assertThat(result.traffic().droppedTotal()).isEqualTo(count);
        assertThat(result.traffic().packets()).isEqualTo(result.traffic().delivered() + count);
        assertThat(result.traffic().queued()).isZero();
    }

    @Test
    void shouldDropWhatTheRingCannotHold() {
        Rig rig = new Rig().arrivals(Arrivals.list().burst(20, 100, 0));
        rig.ring = 8;
        rig.rxUsecs = 10;
        rig.observer = trace;
        RunResult result = rig.run();
        assertOnlyDrops(result, DropReason.RX_RING, 12);
        assertThat(result.traffic().delivered()).isEqualTo(8);
        assertThat(trace.of("dropped").get(0)).isEqualTo("100 dropped 0/8 cpu 0 RX_RING");
        assertThat(result.traffic().flows().dropped(0)).isEqualTo(12);
    }

    @Test
    void shouldKeepOneMoreThanTheLimitInTheInputQueueAndCountTheRestAtTheTarget() {
        Rig rig = new Rig().arrivals(Arrivals.list().burst(20, 100, 0));
        rig.policy = () -> Policies.to(1);
        rig.maxBacklog = 5;
        rig.rxUsecs = 10;
        RunResult result = rig.run();
        assertOnlyDrops(result, DropReason.CPU_BACKLOG, 14);
        assertThat(result.cpus().get(1).softnet().dropped()).isEqualTo(14);
        assertThat(result.cpus().get(0).softnet().dropped()).isZero();
    }

    @Test
    void shouldNotCountTheProcessQueueAgainstTheLimit() {
        Rig rig = new Rig().cost(Stage.PROTOCOL, 1_000_000);
        rig.arrivals(Arrivals.list().bareBurst(20, 0, 0).bareBurst(20, 500_000, 0));
        rig.policy = () -> Policies.to(1);
        rig.maxBacklog = 5;
        rig.ipiLatencyNs = 1000;
        // CPU 1 has spliced the six of the first burst when the second comes: six more fit.
        RunResult result = rig.run();
        assertThat(result.traffic().delivered()).isEqualTo(12);
        assertOnlyDrops(result, DropReason.CPU_BACKLOG, 28);
    }

    @Test
    void shouldKeepEverythingUnderANegativeLimit() {
        Rig rig = new Rig().arrivals(Arrivals.list().bareBurst(3000, 100, 0));
        rig.policy = () -> Policies.to(1);
        rig.maxBacklog = -1;
        rig.ipiLatencyNs = 1_000_000;
        assertThat(rig.run().traffic().delivered()).isEqualTo(3000);
    }

    @Test
    void shouldDropWhatTheReceiveBufferCannotHoldInTruesize() {
        Rig rig = new Rig().cost(Stage.SWITCH, 1_000_000);
        rig.arrivals(Arrivals.list().burst(10, 0, 0));
        // Three frames of truesize 768.
        rig.rcvbufBytes = 3 * 768;
        RunResult result = rig.run();
        assertOnlyDrops(result, DropReason.SOCKET_RCVBUFF, 7);
        assertThat(result.traffic().delivered()).isEqualTo(3);
    }

    @Test
    void shouldAcceptAPacketLargerThanTheBufferOnlyWhileItIsEmpty() {
        Rig rig = new Rig().cost(Stage.SWITCH, 1_000_000);
        rig.arrivals(
                Arrivals.list().at(0, 0, p -> p.lengthBytes = 9000).at(0, 0).at(5_000_000, 0));
        rig.rcvbufBytes = 2304;
        rig.observer = trace;
        assertOnlyDrops(rig.run(), DropReason.SOCKET_RCVBUFF, 1);
        assertThat(trace.of("dropped")).hasSize(1);
        assertThat(trace.of("dropped").get(0)).contains("0/1");
    }

    @Test
    void shouldKeepABufferPerDirectionOfAConnection() {
        Rig rig = new Rig().cost(Stage.SWITCH, 1_000_000);
        Arrivals arrivals = Arrivals.list().burst(4, 0, 0);
        for (int i = 0; i < 4; i++) {
            int sequence = i;
            arrivals.at(0, 0, p -> {
                p.direction = 1;
                p.sequence = sequence;
            });
        }
        rig.arrivals(arrivals);
        rig.rcvbufBytes = 3 * 768;
        assertOnlyDrops(rig.run(), DropReason.SOCKET_RCVBUFF, 2);
    }

    @Test
    void shouldFindNoSocketForAPacketOfAConnectionWhoseNumberWasReused() {
        Rig rig = new Rig();
        rig.arrivals(Arrivals.list().at(0, 0).at(10, 0, p -> {
            p.generation = 1;
            p.sequence = 0;
        }));
        rig.rxUsecs = 10;
        rig.observer = trace;
        assertOnlyDrops(rig.run(), DropReason.NO_SOCKET, 1);
        assertThat(trace.of("dropped")).containsExactly("10000 dropped 0/0 cpu 0 NO_SOCKET");
    }

    @Test
    void shouldDeliverWhatNobodyReadsAtTheEndOfItsProtocolProcessing() {
        Rig rig = new Rig();
        rig.arrivals(Arrivals.list().bareAt(0, 0).at(0, 1, p -> p.socket = false));
        rig.observer = trace;
        RunResult result = rig.run();
        assertThat(result.traffic().delivered()).isEqualTo(2);
        assertThat(result.traffic().steered().socketPackets()).isZero();
        assertThat(trace.of("consumed")).isEqualTo(List.of());
        assertThat(result.traffic().flows().applicationCpu(0)).isEqualTo(-1);
    }
}
