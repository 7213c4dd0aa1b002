package io.rxsim.bench.toys;

import static org.assertj.core.api.Assertions.assertThat;

import io.rxsim.bench.toys.ToyHost.Setup;
import io.rxsim.core.cpu.CpuMask;
import io.rxsim.core.kernel.KernelRules;
import io.rxsim.core.run.Placement;
import io.rxsim.core.softnet.SoftnetData;
import io.rxsim.core.steer.Decision;
import io.rxsim.core.steer.SteeringPolicy;
import io.rxsim.steering.SteeringCatalog;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Items 2 to 12, 31 and 39 of what a toy gets wrong: the decision of RPS and RFS. */
class ToySteeringBehavioursTest {
    private static final int H = 0x51cc_c178;
    private static final List<KernelRules> BOTH = List.of(KernelRules.V6_18, KernelRules.V2_6_35);

    private SteeringPolicy policy;
    private SoftnetData softnet;

    private void start(Setup setup, String online) {
        policy = SteeringCatalog.catalog().get("rfs").create(setup.machine(), flow -> Placement.NO_APPLICATION);
        softnet = new SoftnetData(CpuMask.parse(online, setup.cpus));
    }

    /** Steers and queues a packet; {@code cpu reason}. */
    private String packet(int hash) {
        return packet(hash, true);
    }

    private String packet(int hash, boolean accepted) {
        long decision = policy.steer(0, hash, 0, softnet);
        int cpu = Decision.cpu(decision);
        if (cpu != Decision.NO_CPU && accepted) {
            int qtail = softnet.onAccepted(cpu);
            if (Decision.hasSlot(decision)) {
                policy.onEnqueued(0, decision, qtail);
            }
        }
        return cpu + " " + Decision.reason(decision).label();
    }

    private void drain(int cpu, int packets) {
        softnet.advanceHead(cpu, packets);
    }

    @ParameterizedTest
    @ValueSource(strings = {"v6.18", "v2.6.35"})
    void item02TheIndexIsTheHighPartOfHashTimesLength(String version) {
        start(Setup.of(KernelRules.of(version)).map("f"), "f");
        assertThat(packet(0x3fff_ffff)).isEqualTo("0 rps");
        assertThat(packet(0x4000_0000)).isEqualTo("1 rps");
        assertThat(packet(0x51cc_c178)).isEqualTo("1 rps");
        assertThat(packet(0xffff_ffff)).isEqualTo("3 rps");
        assertThat(packet(3)).isEqualTo("0 rps");
    }

    @ParameterizedTest
    @ValueSource(strings = {"v6.18", "v2.6.35"})
    void item03AnOfflineMapCpuMeansLocalProcessingAndNoSecondChoice(String version) {
        start(Setup.of(KernelRules.of(version)).map("f"), "d");
        assertThat(packet(0x4000_0000)).isEqualTo("-1 none");
        assertThat(packet(0x8000_0000)).isEqualTo("2 rps");
    }

    @Test
    void item06LastQtailIsTheNewHeadAfterASwitchTheTailAfterAnEnqueueAndUnchangedAfterADrop() {
        for (KernelRules rules : BOTH) {
            start(Setup.of(rules).tables(8, 4), "f");
            for (int i = 0; i < 100; i++) {
                softnet.onAccepted(1);
            }
            policy.onConsumed(H, 1);
            assertThat(packet(H)).isEqualTo("1 migrated");
            softnet.onAccepted(2);
            drain(2, 1);
            softnet.onAccepted(2);
            policy.onConsumed(H, 2);
            drain(1, 101);
            // It moves and is dropped: last_qtail is the head of CPU 2, which has been reached, though its tail has
            // not.
            assertThat(packet(H, false)).isEqualTo("2 migrated");
            policy.onConsumed(H, 3);
            assertThat(packet(H)).isEqualTo("3 migrated");
            policy.onConsumed(H, 1);
            assertThat(packet(H)).as("the tail after its own enqueue pins it").isEqualTo("3 held");
        }
    }

    @Test
    void item07DrainedIsASigned32BitDifferenceThatIncludesOtherFlows() {
        for (KernelRules rules : BOTH) {
            start(Setup.of(rules).tables(64, 64), "f");
            softnet.startCountersAt(1, -1);
            policy.onConsumed(H, 1);
            softnet.onAccepted(1);
            assertThat(packet(H)).isEqualTo("1 migrated");
            policy.onConsumed(H, 2);
            drain(1, 1);
            assertThat(packet(H))
                    .as("the other flow left, it did not; the tail has wrapped")
                    .isEqualTo("1 held");
            drain(1, 2);
            assertThat(packet(H)).isEqualTo("2 migrated");
            // 2^31 packets later the sign flips: it reads as not drained.
            softnet.startCountersAt(2, Integer.MIN_VALUE + 1);
            policy.onConsumed(H, 3);
            assertThat(packet(H)).isEqualTo("2 held");
        }
    }

    @Test
    void item08APacketThatIsNotDrainedGoesToTheOldCpuAndPushesTheDrainPoint() {
        for (KernelRules rules : BOTH) {
            start(Setup.of(rules).tables(8, 4), "f");
            policy.onConsumed(H, 1);
            packet(H);
            policy.onConsumed(H, 2);
            assertThat(packet(H)).isEqualTo("1 held");
            drain(1, 1);
            assertThat(packet(H)).as("the held packet is outstanding itself").isEqualTo("1 held");
            drain(1, 2);
            assertThat(packet(H)).isEqualTo("2 migrated");
        }
    }

    @Test
    void item09AMismatchOfTheUpperBitsBypassesTheQueueTableIn618AndIsObeyedIn2635() {
        int colliding = H ^ 0x4000_0000;
        start(Setup.of(KernelRules.V6_18).map("8").tables(8, 4), "f");
        policy.onConsumed(H, 1);
        packet(H);
        assertThat(packet(colliding)).isEqualTo("3 fallback");
        policy.onConsumed(colliding, 2);
        assertThat(packet(H))
                .as("its own slot still says CPU 1, and is not looked at")
                .isEqualTo("3 fallback");
        start(Setup.of(KernelRules.V2_6_35).map("8").tables(8, 4), "f");
        policy.onConsumed(H, 1);
        assertThat(packet(colliding)).isEqualTo("1 migrated");
    }

    @Test
    void item10AnEmptyEntryIsFoundByMismatchIn618AndByEqualityIn2635() {
        Setup modern = Setup.of(KernelRules.V6_18).map("1").tables(8, 4);
        modern.cpus = 8;
        start(modern, "ff");
        assertThat(packet(0xfff8)).as("0xffff looks as if CPU 7 wanted it").isEqualTo("7 migrated");
        assertThat(packet(0x1_fff8)).isEqualTo("0 fallback");
        Setup old = Setup.of(KernelRules.V2_6_35).map("1").tables(8, 4);
        old.cpus = 8;
        start(old, "ff");
        assertThat(packet(0xfff8)).isEqualTo("0 fallback");
    }

    @Test
    void item11AnUnsetCpuIsAnyThatDoesNotExistIn618And0xffffIn2635() {
        Setup three = Setup.of(KernelRules.V6_18).map("1").tables(8, 4);
        three.cpus = 3;
        start(three, "7");
        // The empty entry seems to want CPU 3 of 3: the slot is set to it, and the map is used.
        assertThat(packet(0xfffc)).isEqualTo("0 fallback");
        policy.onConsumed(0xfffc, 2);
        assertThat(packet(0xfffc)).as("a slot of no CPU moves at once").isEqualTo("2 migrated");
        start(Setup.of(KernelRules.V2_6_35).map("1").tables(8, 4), "f");
        policy.onConsumed(H, 1);
        packet(H);
        policy.onClosed(H);
        assertThat(packet(H)).as("an undrained slot keeps sending").isEqualTo("1 held");
        drain(1, 2);
        assertThat(packet(H)).as("a drained one becomes unset").isEqualTo("0 fallback");
    }

    @Test
    void item12RfsNeedsNoMapAndAQueueTableWithoutTheGlobalOneDoesNothing() {
        for (KernelRules rules : BOTH) {
            start(Setup.of(rules).tables(8, 4), "f");
            policy.onConsumed(H, 2);
            assertThat(packet(H)).isEqualTo("2 migrated");
            assertThat(packet(0x7777_0001)).startsWith("-1 ");
            start(Setup.of(rules).tables(0, 4), "f");
            policy.onConsumed(H, 2);
            assertThat(packet(H)).isEqualTo("-1 none");
            assertThat(policy.rpsNeeded()).as("the switch").isEqualTo(rules == KernelRules.V2_6_35);
        }
    }

    @Test
    void item31SlotsAreSharedByFlowsThatCollide() {
        start(Setup.of(KernelRules.V6_18).tables(32768, 1), "f");
        int other = H ^ 0x0101_0100;
        policy.onConsumed(H, 1);
        policy.onConsumed(other, 2);
        assertThat(packet(H)).isEqualTo("1 migrated");
        assertThat(packet(other)).as("follows the flow in its slot").isEqualTo("1 held");
        drain(1, 2);
        assertThat(packet(other)).isEqualTo("2 migrated");
        assertThat(packet(H)).as("and takes it along").isEqualTo("2 held");
    }

    @Test
    void item39FallbackPacketsLeaveNoTraceInTheSlot() {
        for (KernelRules rules : BOTH) {
            start(Setup.of(rules).map("8").tables(8, 4), "f");
            assertThat(packet(H)).isEqualTo("3 fallback");
            policy.onConsumed(H, 1);
            assertThat(packet(H)).as("overtakes the one on CPU 3").isEqualTo("1 migrated");
        }
    }
}
