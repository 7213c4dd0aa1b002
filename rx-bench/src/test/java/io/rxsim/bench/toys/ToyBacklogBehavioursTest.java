package io.rxsim.bench.toys;

import static org.assertj.core.api.Assertions.assertThat;

import io.rxsim.bench.toys.ToyHost.Setup;
import io.rxsim.core.kernel.KernelRules;
import io.rxsim.core.run.DeviceState;
import io.rxsim.core.run.HostChange;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Items 1, 13 to 25 and 31 of what a toy gets wrong: backlogs, interrupts between processors, budgets and the flow limit. */
class ToyBacklogBehavioursTest {
    private static final int HASH = 0x2a00_0001;
    private static final long LONG_NS = 1_000_000;

    private static KernelRules rules(String version) {
        return KernelRules.of(version);
    }

    @ParameterizedTest
    @ValueSource(strings = {"v6.18", "v2.6.35"})
    void item01SteeredToTheCurrentCpuStillQueuesOnItsOwnBacklog(String version) {
        ToyHost steered = Setup.of(rules(version)).napi().map("1").start();
        steered.offer(0, HASH, 10);
        steered.pass(1000);
        ToyHost notSteered = Setup.of(rules(version)).napi().start();
        notSteered.offer(0, HASH, 10);
        notSteered.pass(1000);

        assertThat(steered.polls()).containsExactly("polled 0: 1 of 64");
        assertThat(notSteered.polls()).isEmpty();
        assertThat(notSteered.stat(0).processed()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"v6.18", "v2.6.35"})
    void item14TheLimitLooksAtTheInputQueueOnlyAndKeepsOneMore(String version) {
        ToyHost host = Setup.of(rules(version)).map("1").limits(9, 300, 64).start();
        host.offer(1, HASH, LONG_NS);
        host.pass(1000);

        assertThat(host.burst(20, 1, HASH, LONG_NS)).isEqualTo(10);
        assertThat(host.stat(0).dropped()).isEqualTo(10);
        // The first one ends, all ten are spliced, and the input queue is empty again.
        host.pass(LONG_NS);
        assertThat(host.burst(20, 1, HASH, LONG_NS)).isEqualTo(10);
        assertThat(host.stat(0).inputLength() + host.stat(0).processLength()).isEqualTo(19);

        assertThat(held(Setup.of(rules(version)).limits(0, 300, 64)).burst(5, 1, HASH, 1))
                .isEqualTo(1);
        assertThat(held(Setup.of(rules(version)).limits(-1, 300, 64)).burst(5000, 1, HASH, 1))
                .isEqualTo(5000);
    }

    /** CPU 0 is in a long poll, its input queue is empty, and everything is steered there. */
    private static ToyHost held(Setup setup) {
        ToyHost host = setup.map("1").start();
        host.offer(1, HASH, 1000 * LONG_NS);
        host.pass(1000);
        return host;
    }

    @Test
    void item15TheFlowLimitTakesTheEnqueuersTableTheTargetsLengthAndAHistoryOf128() {
        assertThat(held(new Setup().limits(100, 300, 64).flowLimit(8, 0, 8, 8)).burst(101, 1, HASH, 1))
                .isEqualTo(101);
        // 500 are not looked at, 64 of the flow fit; then every one is dropped and stays in the history.
        ToyHost host = held(new Setup().flowLimit(0, 4096, 0, 0));
        assertThat(host.burst(500 + 64, 1, HASH, 1)).isEqualTo(564);
        assertThat(host.burst(300, 1, HASH, 1)).isZero();
        // 63 packets of others leave 65 of the flow among the last 128; the next one replaces one of them.
        for (int i = 1; i <= 63; i++) {
            assertThat(host.offer(1, i << 20, 1)).isEqualTo("queued 0");
        }
        assertThat(host.offer(1, HASH, 1)).isEqualTo("dropped 0 CPU_BACKLOG");
        assertThat(host.offer(1, 64 << 20, 1)).isEqualTo("queued 0");
        assertThat(host.offer(1, HASH, 1)).isEqualTo("queued 0");
        assertThat(host.stat(1).flowLimitCount()).isEqualTo(301);
    }

    @Test
    void item15KernelsBeforeTheFlowLimitHaveNone() {
        assertThat(held(Setup.of(KernelRules.V2_6_35).limits(200, 300, 64).flowLimit(0, 4096, 0, 0))
                        .burst(300, 1, HASH, 1))
                .isEqualTo(201);
    }

    @Test
    void item16DroppedIsTheTargetsAndFlowLimitCountTheEnqueuers() {
        ToyHost host = held(new Setup().limits(200, 300, 64).flowLimit(0, 4096, 0, 0));
        host.burst(300, 1, HASH, 1);

        assertThat(host.stat(0).dropped()).isEqualTo(136);
        assertThat(host.stat(0).flowLimitCount()).isZero();
        assertThat(host.stat(1).dropped()).isZero();
        assertThat(host.stat(1).flowLimitCount()).isEqualTo(136);
    }

    @ParameterizedTest
    @ValueSource(strings = {"v6.18", "v2.6.35"})
    void item17AnIpiNeedsAnEmptyQueueAndClearSchedAndTheListIsLastInFirstOut(String version) {
        // Quarters of the hash range go to CPUs 0 to 3. While CPU 0 works on a packet without a hash, three come for
        // its poll.
        ToyHost host = Setup.of(rules(version)).napi().map("f").start();
        host.offer(0, 0, 1000);
        host.pass(10);
        host.offer(0, 0x4000_0000, 500);
        host.offer(0, 0x8000_0000, 500);
        host.offer(0, 0x8000_0001, 500);
        host.pass(10_000);

        assertThat(host.log.stream().filter(word -> word.startsWith("processed")))
                .containsExactly(
                        "processed 0 on 0 at 1000",
                        "processed 2 on 2 at 1600",
                        "processed 1 on 1 at 1600",
                        "processed 3 on 2 at 2100");
        assertThat(host.stat(1).receivedRps()).isEqualTo(1);
        assertThat(host.stat(2).receivedRps()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"v6.18", "v2.6.35"})
    void item17IpisAreDeferredWhileTheOwnBacklogIsPolled(String version) {
        ToyHost host = Setup.of(rules(version)).map("3").start();
        host.offer(0, 0, 1);
        host.offer(0, 1, LONG_NS);
        host.pass(1000);
        // CPU 0 is in its poll and takes in a packet for CPU 1, which hears of it when the poll is over.
        assertThat(host.offer(0, 0x8000_0000, 10)).isEqualTo("queued 1");
        host.pass(LONG_NS / 2);
        assertThat(host.stat(1).receivedRps()).isZero();
        host.pass(LONG_NS);
        assertThat(host.stat(1).receivedRps()).isEqualTo(1);
        assertThat(host.stat(1).processed()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"v6.18", "v2.6.35"})
    void item18ReceivedRpsCountsInterruptsNotPackets(String version) {
        ToyHost host = Setup.of(rules(version)).map("1").start();
        host.burst(50, 1, HASH, 10);
        host.pass(LONG_NS);
        assertThat(host.stat(0).processed()).isEqualTo(50);
        assertThat(host.stat(0).receivedRps()).isEqualTo(1);
        for (int i = 0; i < 5; i++) {
            host.offer(1, HASH, 10);
            host.pass(LONG_NS);
        }
        assertThat(host.stat(0).receivedRps()).isEqualTo(6);
        host.offer(0, HASH, 10);
        host.pass(LONG_NS);
        assertThat(host.stat(0).receivedRps()).isEqualTo(6);
    }

    @Test
    void item19ArrivalsDuringASplicedBatchInterruptAgainIn2635Only() {
        for (KernelRules rules : List.of(KernelRules.V6_18, KernelRules.V2_6_35)) {
            ToyHost host = Setup.of(rules).map("1").start();
            host.burst(10, 1, HASH, LONG_NS);
            host.pass(LONG_NS / 2);
            assertThat(host.stat(0).inputLength())
                    .as("the whole queue is spliced at once")
                    .isZero();
            assertThat(host.stat(0).processLength()).isEqualTo(9);
            host.offer(1, HASH, LONG_NS);
            host.pass(LONG_NS);
            assertThat(host.stat(0).receivedRps()).isEqualTo(rules == KernelRules.V6_18 ? 1 : 2);
        }
    }

    @Test
    void item20TheHeadAdvancesWhenThePollReturnsIn618AndPerPacketIn2635() {
        for (KernelRules rules : List.of(KernelRules.V6_18, KernelRules.V2_6_35)) {
            ToyHost host = Setup.of(rules).map("1").limits(1000, 300, 4).start();
            host.burst(7, 1, HASH, 1000);
            host.pass(150);
            assertThat(host.host.softnet().inputQueueHead(0))
                    .as("not at splice")
                    .isZero();
            host.pass(3 * 1000);
            assertThat(host.host.softnet().inputQueueHead(0)).isEqualTo(rules == KernelRules.V6_18 ? 0 : 3);
            host.pass(1000);
            assertThat(host.host.softnet().inputQueueHead(0)).isEqualTo(4);
            host.pass(2 * 1000);
            assertThat(host.host.softnet().inputQueueHead(0)).isEqualTo(rules == KernelRules.V6_18 ? 4 : 6);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"v6.18", "v2.6.35"})
    void item21APollOfExactlyItsWeightIsFollowedByOneOfNone(String version) {
        ToyHost host = Setup.of(rules(version)).map("1").limits(1000, 300, 8).start();
        host.burst(16, 1, HASH, 10);
        host.pass(LONG_NS);
        assertThat(host.polls()).containsExactly("polled 0: 8 of 8", "polled 0: 8 of 8", "polled 0: 0 of 8");
        host.log.clear();
        host.burst(15, 1, HASH, 10);
        host.pass(LONG_NS);
        assertThat(host.polls()).containsExactly("polled 0: 8 of 8", "polled 0: 7 of 8");
    }

    @Test
    void item22TimeSqueezeMayCountWithNothingLeftIn618Only() {
        for (KernelRules rules : List.of(KernelRules.V6_18, KernelRules.V2_6_35)) {
            ToyHost host = Setup.of(rules).map("1").limits(1000, 5, 64).start();
            host.burst(5, 1, HASH, 10);
            host.pass(LONG_NS);
            assertThat(host.polls()).containsExactly("polled 0: 5 of 64");
            assertThat(host.stat(0).timeSqueeze()).isEqualTo(rules == KernelRules.V6_18 ? 1 : 0);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"v6.18", "v2.6.35"})
    void item23ANewDevWeightIsReadByTheNextPollAndObeyedByTheOneAfter(String version) {
        ToyHost host = Setup.of(rules(version)).map("1").limits(1000, 300, 8).start();
        host.burst(30, 1, HASH, 1000);
        host.pass(1500);
        host.host.change(new HostChange.BacklogWeight(4));
        host.pass(LONG_NS);
        assertThat(host.polls().subList(0, 3))
                .containsExactly("polled 0: 8 of 8", "polled 0: 8 of 8", "polled 0: 4 of 4");
    }

    @ParameterizedTest
    @ValueSource(strings = {"v6.18", "v2.6.35"})
    void item24ABacklogNeverSteersAgainButWhatADeadCpuLeavesIsSteeredAgain(String version) {
        ToyHost host = Setup.of(rules(version)).map("1").start();
        host.offer(1, HASH, 10);
        host.pass(LONG_NS);
        assertThat(host.log).filteredOn(word -> word.startsWith("steered")).containsExactly("steered rps");
        // The next one is queued on CPU 0 and has not been interrupted for when the CPU dies.
        host.offer(1, HASH, 10);
        host.pass(50);
        host.host.change(new HostChange.CpuOnline(0, false));
        host.pass(LONG_NS);
        assertThat(host.log)
                .filteredOn(word -> word.startsWith("steered"))
                .containsExactly("steered rps", "steered rps", "steered none");
        assertThat(host.stat(1).processed()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"v6.18", "v2.6.35"})
    void item25WhatADeadCpuOrAnUnregisteredDeviceLeavesAdvancesTheHead(String version) {
        for (HostChange change :
                List.of(new HostChange.CpuOnline(0, false), new HostChange.Device(DeviceState.UNREGISTERED))) {
            ToyHost host = Setup.of(rules(version)).map("1").start();
            host.burst(3, 1, HASH, 10);
            host.pass(50);
            assertThat(host.host.softnet().inputQueueHead(0)).isZero();
            host.host.change(change);
            assertThat(host.host.softnet().inputQueueHead(0))
                    .as(change.toString())
                    .isEqualTo(3);
            assertThat(host.stat(0).dropped()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"v6.18", "v2.6.35"})
    void item31ReplacingTheQueuesTableForgetsWhatIsOutstanding(String version) {
        ToyHost host = Setup.of(rules(version)).tables(64, 64).start();
        host.consumed(HASH, 0);
        host.offer(1, HASH, LONG_NS);
        host.consumed(HASH, 2);
        assertThat(host.offer(1, HASH, 1)).isEqualTo("queued 0");
        host.host.change(new HostChange.RpsFlowCnt(0, 64));
        assertThat(host.offer(1, HASH, 1)).as("overtakes two packets").isEqualTo("queued 2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"v6.18", "v2.6.35"})
    void item13AWriteOfTheSameSizeMakesEveryFlowStartAnew(String version) {
        ToyHost host = Setup.of(rules(version)).tables(64, 64).start();
        host.consumed(HASH, 2);
        assertThat(host.offer(1, HASH, 1)).isEqualTo("queued 2");
        host.pass(LONG_NS);
        host.host.change(new HostChange.RpsSockFlowEntries(64));
        assertThat(host.offer(1, HASH, 1)).as("nobody is known to want it").isEqualTo("queued 1");
    }
}
