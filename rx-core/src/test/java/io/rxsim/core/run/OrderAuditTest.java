package io.rxsim.core.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.rxsim.core.run.NaiveOrderAudit.Packet;
import io.rxsim.core.steer.SteeringReason;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OrderAuditTest {
    private static final SteeringReason[] REASONS = SteeringReason.values();

    private final OrderAudit audit = new OrderAudit();

    private boolean see(int sequence, int hash, int queue, SteeringReason reason, boolean beforeEntry) {
        return audit.onProcessed(
                NaiveOrderAudit.asSeen(new Packet(3, 0, sequence, hash, queue, reason, beforeEntry), 100 + sequence));
    }

    private boolean see(int sequence, SteeringReason reason) {
        return see(sequence, 9, 0, reason, false);
    }

    private void assertHandover(HandoverCause cause) {
        OrderResult result = audit.result();
        assertThat(result.outOfOrder()).isEqualTo(1);
        assertThat(result.violations()).isZero();
        assertThat(result.firstViolation()).isNull();
        for (HandoverCause each : HandoverCause.values()) {
            assertThat(result.handover()).containsEntry(each, each == cause ? 1L : 0L);
        }
    }

    @Test
    void shouldCallTwoPacketsOfASlotOutOfOrderAViolationAndExplainTheFirst() {
        assertThat(see(0, SteeringReason.MATCH)).isFalse();
        assertThat(see(7, SteeringReason.MIGRATED)).isFalse();
        assertThat(see(5, SteeringReason.HELD)).isTrue();
        assertThat(see(6, SteeringReason.MATCH)).isTrue();
        OrderResult result = audit.result();
        assertThat(result.outOfOrder()).isEqualTo(2);
        assertThat(result.violations()).isEqualTo(2);
        assertThat(result.firstViolation())
                .isEqualTo("flow 3: packet 5 (held to CPU 1) reached its socket at 105 ns, after packet 7 of the same"
                        + " flow, RX queue and steering");
    }

    @Test
    void shouldCallTwoPacketsOfTheMapOutOfOrderAViolation() {
        see(1, SteeringReason.RPS);
        see(0, SteeringReason.RPS);
        assertThat(audit.result().violations()).isEqualTo(1);
    }

    @Test
    void shouldAcceptOrderWithGaps() {
        for (int sequence : new int[] {0, 1, 5, 5, 9}) {
            assertThat(see(sequence, SteeringReason.MATCH)).isFalse();
        }
        assertThat(audit.result().outOfOrder()).isZero();
    }

    @Test
    void shouldCountFallbackBeforeTheFlowsFirstEntry() {
        see(1, SteeringReason.MATCH);
        see(0, 9, 0, SteeringReason.FALLBACK, true);
        assertHandover(HandoverCause.FALLBACK_BEFORE_ENTRY);
    }

    @Test
    void shouldCountFallbackAfterTheEntryWasLost() {
        see(1, 9, 0, SteeringReason.FALLBACK, false);
        see(0, 9, 0, SteeringReason.MATCH, true);
        assertHandover(HandoverCause.FALLBACK_ENTRY_LOST);
    }

    @Test
    void shouldCountAChangeOfRxQueue() {
        see(1, 9, 4000, SteeringReason.MATCH, false);
        see(0, 9, 4001, SteeringReason.MATCH, false);
        assertHandover(HandoverCause.RX_QUEUE_CHANGED);
    }

    @Test
    void shouldCountAChangeOfHash() {
        see(1, 9, 0, SteeringReason.MATCH, false);
        see(0, 8, 0, SteeringReason.MATCH, false);
        assertHandover(HandoverCause.HASH_CHANGED);
    }

    @Test
    void shouldExpectNothingOfTheCeiling() {
        see(1, SteeringReason.ORACLE);
        see(0, SteeringReason.ORACLE);
        assertHandover(HandoverCause.NO_PROMISE);
    }

    @Test
    void shouldSeeASlotsViolationBehindAFallbackPacketThatOvertookBoth() {
        see(8, SteeringReason.MATCH);
        see(10, SteeringReason.FALLBACK);
        see(5, SteeringReason.MATCH);
        assertThat(audit.result().violations()).isEqualTo(1);
    }

    @Test
    void shouldSeeASlotsViolationAmongPacketsThatAFallbackPacketOvertook() {
        see(10, SteeringReason.FALLBACK);
        see(8, SteeringReason.MATCH);
        see(5, SteeringReason.MATCH);
        assertThat(audit.result().violations()).isEqualTo(1);
        assertThat(audit.result().handover()).containsEntry(HandoverCause.FALLBACK_ENTRY_LOST, 1L);
    }

    @Test
    void shouldKeepFlowsAndDirectionsApart() {
        audit.onProcessed(NaiveOrderAudit.asSeen(new Packet(3, 0, 9, 1, 0, SteeringReason.MATCH, false), 0));
        audit.onProcessed(NaiveOrderAudit.asSeen(new Packet(3, 1, 5, 1, 0, SteeringReason.MATCH, false), 0));
        audit.onProcessed(NaiveOrderAudit.asSeen(new Packet(4, 0, 2, 1, 0, SteeringReason.MATCH, false), 0));
        assertThat(audit.result().outOfOrder()).isZero();
    }

    @Test
    void shouldForgetAFlowWhoseNumberIsReused() {
        see(9, SteeringReason.MATCH);
        audit.onReused(3);
        assertThat(see(0, SteeringReason.MATCH)).isFalse();
        assertThat(see(1, SteeringReason.MATCH)).isFalse();
        assertThat(audit.result().outOfOrder()).isZero();
    }

    @Test
    void shouldFindWhatALookAtAllEarlierPacketsFinds() {
        for (long seed = 1; seed <= 400; seed++) {
            compare(seed, 1 + (int) (seed % 5));
        }
    }

    /** Packets of a few flows, each leaving up to {@code spread} places late; one hash and queue per flow and direction. */
    private static void compare(long seed, int spread) {
        RandomStream random = RandomStreams.stream(seed, "audit");
        OrderAudit audit = new OrderAudit();
        NaiveOrderAudit naive = new NaiveOrderAudit();
        List<Packet> waiting = new ArrayList<>();
        int[] next = new int[6];
        for (int i = 0; i < 150; i++) {
            int which = random.nextInt(6);
            SteeringReason reason = REASONS[random.nextInt(REASONS.length)];
            waiting.add(new Packet(which / 2, which % 2, next[which]++, which, which, reason, random.nextInt(2) == 0));
            while (waiting.size() > spread) {
                Packet packet = waiting.remove(random.nextInt(waiting.size()));
                naive.onProcessed(packet);
                audit.onProcessed(NaiveOrderAudit.asSeen(packet, i));
                OrderResult result = audit.result();
                String where = "seed " + seed + ", packet " + naive.seen.size() + ": " + packet;
                assertThat(result.outOfOrder()).as(where).isEqualTo(naive.outOfOrder);
                assertThat(result.violations()).as(where).isEqualTo(naive.violations);
                assertThat(result.handover()).as(where).isEqualTo(naive.handover);
            }
        }
    }
}
