package io.rxsim.core.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rxsim.core.cpu.CpuMask;
import io.rxsim.core.kernel.KernelRules;
import io.rxsim.core.run.NicConfig;
import io.rxsim.core.softnet.DropReason;
import io.rxsim.core.steer.Decision;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The live receive path, step by step in one thread. */
class LiveStepsTest {
    @Test
    void shouldKeepOneMoreThanTheLimitAndTellOfTheRest() {
        Stepped steps = new Stepped(LiveMachine.cpus(2).maxBacklog(8), LiveSettings.DEFAULT);
        steps.target = 1;
        steps.arrive(12, null);
        steps.run(0);
        assertThat(steps.host.backlog(1).length()).isEqualTo(9);
        assertThat(steps.dropped).containsExactly("9 CPU_BACKLOG", "10 CPU_BACKLOG", "11 CPU_BACKLOG");
        steps.run(1);
        LiveReport report = steps.stop();
        assertThat(report.delivered()).isEqualTo(9);
        assertThat(report.dropped().get(DropReason.CPU_BACKLOG)).isEqualTo(3);
        assertThat(report.softnet().get(1).dropped()).isEqualTo(3);
        assertThat(report.brokenLaws()).isEmpty();
    }

    @Test
    void shouldDropWhatOneFlowHasTooMuchOfFromHalfOfTheLimitOn() {
        Stepped steps = new Stepped(LiveMachine.cpus(2).maxBacklog(200).flowLimit("1", 4096), LiveSettings.DEFAULT);
        steps.target = 1;
        // 100 before the limit looks, 64 of its history of 128 after that.
        steps.arrive(190, null);
        steps.runToTheEnd(0);
        assertThat(steps.host.backlog(1).length()).isEqualTo(164);
        assertThat(steps.dropped).hasSize(26).startsWith("164 CPU_BACKLOG").endsWith("189 CPU_BACKLOG");
        steps.hash = 8;
        steps.arrive(10, null);
        steps.runToTheEnd(0);
        assertThat(steps.dropped).as("another flow has room").hasSize(26);
        steps.run(1);
        LiveReport report = steps.stop();
        assertThat(report.softnet().get(0).flowLimitCount()).isEqualTo(26);
        assertThat(report.softnet().get(1).flowLimitCount()).isZero();
        assertThat(report.softnet().get(1).dropped()).isEqualTo(26);
        assertThat(report.brokenLaws()).isEmpty();
    }

    @Test
    void shouldLookAtNoFlowWhereTheEnqueuingCpuHasNoTable() {
        Stepped steps = new Stepped(LiveMachine.cpus(2).maxBacklog(200).flowLimit("2", 4096), LiveSettings.DEFAULT);
        steps.target = 1;
        steps.arrive(190, null);
        steps.runToTheEnd(0);
        assertThat(steps.dropped).isEmpty();
        steps.host.flowLimit(List.of(4096, 0));
        steps.arrive(70, null);
        steps.runToTheEnd(0);
        assertThat(steps.dropped)
                .as("201 fit, of the next 11 the history takes all")
                .hasSize(59);
        steps.host.flowLimit(List.of());
        assertThat(steps.stop().softnet().get(0).flowLimitCount())
                .as("the count goes with the table")
                .isZero();
    }

    @Test
    void shouldRefuseAFlowLimitThatNoKernelHas() {
        Stepped steps = new Stepped(LiveMachine.cpus(2).kernel(KernelRules.V2_6_35), LiveSettings.DEFAULT);
        assertThatThrownBy(() -> steps.host.flowLimit(List.of(1, 1))).hasMessageContaining("no flow limit");
        Stepped now = new Stepped(LiveMachine.cpus(2), LiveSettings.DEFAULT);
        assertThatThrownBy(() -> now.host.flowLimit(List.of(3, 0))).hasMessageContaining("flow_limit_table_len=3");
        assertThatThrownBy(() -> now.host.flowLimit(List.of(1))).hasMessageContaining("this host has 2");
    }

    @Test
    void shouldCountTheInputQueueAloneAgainstTheLimit() {
        Stepped steps = new Stepped(LiveMachine.cpus(2).maxBacklog(99), LiveSettings.DEFAULT);
        steps.target = 1;
        steps.arrive(100, null);
        steps.runToTheEnd(0);
        steps.host.backlog(1).splice();
        steps.arrive(101, null);
        steps.runToTheEnd(0);
        assertThat(steps.host.backlog(1).length()).isEqualTo(200);
        assertThat(steps.dropped).containsExactly("200 CPU_BACKLOG");
    }

    @Test
    void shouldGiveTheTailJustPastAPacketAndAdvanceTheHeadOncePerPoll() {
        Stepped steps =
                new Stepped(LiveMachine.cpus(2), LiveSettings.DEFAULT.withCountersStartAt(Integer.MAX_VALUE - 1));
        steps.target = 1;
        steps.host.receiver(0);
        steps.arrive(3, null);
        steps.run(0);
        assertThat(steps.tails).containsExactly(Integer.MAX_VALUE, Integer.MIN_VALUE, Integer.MIN_VALUE + 1);
        assertThat(steps.host.softnet().inputQueueTail(1)).isEqualTo(Integer.MIN_VALUE + 1);
        assertThat(steps.host.softnet().inputQueueHead(1)).isEqualTo(Integer.MAX_VALUE - 1);
        steps.run(1);
        assertThat(steps.host.softnet().inputQueueHead(1)).isEqualTo(Integer.MIN_VALUE + 1);
    }

    @Test
    void shouldInterruptAnotherCpuOnceUntilItFindsItsQueueEmpty() {
        Stepped steps = new Stepped(LiveMachine.cpus(2), LiveSettings.DEFAULT);
        steps.target = 1;
        for (int burst = 0; burst < 3; burst++) {
            steps.arrive(10, null);
            steps.run(0);
        }
        steps.run(1);
        steps.arrive(10, null);
        steps.run(0);
        steps.run(1);
        LiveReport report = steps.stop();
        assertThat(report.ipis()).isEqualTo(2);
        assertThat(report.softnet().get(1).receivedRps()).isEqualTo(2);
        assertThat(report.delivered()).isEqualTo(40);
    }

    @Test
    void shouldStopAtAPacketThatIsClaimedButNotPublishedAndComeBackForIt() {
        Stepped steps = new Stepped(LiveMachine.cpus(2), LiveSettings.DEFAULT);
        Backlog<String> backlog = steps.host.backlog(1);
        long gap = backlog.claim();
        steps.target = 1;
        steps.arrive(5, null);
        steps.run(0);
        steps.run(1);
        assertThat(steps.host.cpu(1).counters.processed.plain()).isZero();
        backlog.publish(gap);
        assertThat(backlog.napi.raise()).as("SCHED was cleared at the gap").isTrue();
        steps.run(1);
        assertThat(steps.host.cpu(1).counters.processed.plain()).isEqualTo(6);
    }

    @Test
    void shouldProcessInlineOnTheNapiPathAndQueueLocallyOnTheOther() {
        for (NicConfig.Path path : NicConfig.Path.values()) {
            Stepped steps = new Stepped(LiveMachine.cpus(1).path(path), LiveSettings.DEFAULT);
            steps.target = Decision.NO_CPU;
            steps.arrive(3, null);
            steps.run(0);
            assertThat(steps.host.backlog(0).accepted()).isEqualTo(path == NicConfig.Path.NAPI ? 0 : 3);
            assertThat(steps.stop().delivered()).isEqualTo(3);
        }
    }

    @Test
    void shouldTakeAtMostItsWeightPerPoll() {
        for (KernelRules rules : List.of(KernelRules.V6_18, KernelRules.V2_6_35)) {
            Stepped steps = new Stepped(LiveMachine.cpus(2).kernel(rules), LiveSettings.DEFAULT);
            steps.target = 1;
            for (int i = 0; i < 4; i++) {
                steps.arrive(100, null);
                steps.run(0);
            }
            steps.run(1);
            assertThat(steps.stop().delivered()).as(rules.toString()).isEqualTo(rules == KernelRules.V6_18 ? 64 : 320);
        }
    }

    @Test
    void shouldHandEveryPacketToItsReceiverInOrderAndRefuseWhatTheSocketCannotHold() {
        Stepped steps = new Stepped(LiveMachine.cpus(2), LiveSettings.DEFAULT);
        Receiver<String> receiver = steps.host.receiver(1);
        LiveSocket<String> socket = receiver.open(4);
        steps.target = 1;
        steps.arrive(6, socket);
        steps.run(0);
        steps.run(1);
        List<String> got = new ArrayList<>();
        assertThat(receiver.receive(packet -> got.add(packet.message), 3)).isEqualTo(3);
        assertThat(receiver.receive(packet -> got.add(packet.message), 3)).isEqualTo(1);
        assertThat(got).containsExactly("m0", "m1", "m2", "m3");
        LiveReport report = steps.stop();
        assertThat(report.dropped().get(DropReason.SOCKET_RCVBUFF)).isEqualTo(2);
        assertThat(report.brokenLaws()).isEmpty();
    }

    @Test
    void shouldDropWhatComesForAClosedSocket() {
        Stepped steps = new Stepped(LiveMachine.cpus(2), LiveSettings.DEFAULT);
        Receiver<String> receiver = steps.host.receiver(1);
        LiveSocket<String> socket = receiver.open(8);
        steps.target = 1;
        steps.arrive(2, socket);
        steps.run(0);
        steps.run(1);
        socket.close();
        steps.arrive(3, socket);
        steps.run(0);
        steps.run(1);
        receiver.receive(packet -> {}, 10);
        LiveReport report = steps.stop();
        assertThat(report.dropped().get(DropReason.NO_SOCKET)).isEqualTo(5);
        assertThat(report.brokenLaws()).isEmpty();
    }

    @Test
    void shouldReceiveAgainOnAnotherCpuWhatADeadOneHadQueued() {
        Stepped steps = new Stepped(LiveMachine.cpus(3), LiveSettings.DEFAULT);
        steps.target = 2;
        steps.arrive(5, null);
        steps.run(0);
        steps.host.backlog(2).splice();
        steps.host.irqAffinity(0, CpuMask.of(2, 3));
        steps.arrive(4, null);
        steps.target = 1;
        steps.host.online(2, false);
        assertThat(steps.host.backlog(2).length()).isZero();
        assertThat(steps.host.backlog(1).length()).isEqualTo(5);
        steps.run(0);
        steps.run(1);
        LiveReport report = steps.stop();
        assertThat(report.delivered())
                .as("also what had interrupted the dead CPU")
                .isEqualTo(9);
        assertThat(report.order().outOfOrder()).isZero();
        assertThat(report.brokenLaws()).isEmpty();
    }

    @Test
    void shouldMakeARingThatHoldsInputQueueBatchAndPoll() {
        assertThat(new Backlog<String>(1000, 1000, 64, 0).slots()).isEqualTo(4096);
        assertThat(new Backlog<String>(0, 0, 64, 0).slots()).isEqualTo(128);
        assertThat(new Backlog<String>(0, 65_535, 64, 0).slots()).isEqualTo(262_144);
    }
}
