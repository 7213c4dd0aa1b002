package io.rxsim.core.padata.virtual;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/**
 * The shape of the published padata results of 2019 (40 CPUs, AES-GCM): bound workers on a busy machine collapse to about one round per
 * scheduler tick, unbound do not; with one job outstanding the hand-off dominates, whatever the size. All rows: rx verify padata.
 */
class PublishedPadataTest {
    private static final boolean IDLE = false;
    private static final boolean BUSY = true;

    private static long bound(boolean busy, int bytes, int outstanding) {
        return PadataSpeed.perSecond(PadataCosts.SERVER_2019, false, busy, outstanding, bytes);
    }

    private static long unbound(boolean busy, int bytes, int outstanding) {
        return PadataSpeed.perSecond(PadataCosts.SERVER_2019, true, busy, outstanding, bytes);
    }

    @Test
    void shouldCollapseToOneRoundPerTickWithBoundWorkersOnABusyMachine() {
        assertThat(bound(BUSY, 16, 1)).as("published: 960").isBetween(700L, 1_500L);
        assertThat(bound(BUSY, 8192, 1)).as("published: 1000").isBetween(700L, 1_500L);
        assertThat(unbound(BUSY, 16, 1)).as("published: 112555").isBetween(80_000L, 240_000L);
        assertThat(unbound(BUSY, 16, 1) / bound(BUSY, 16, 1))
                .as("published: 117")
                .isBetween(60L, 250L);
        assertThat(unbound(BUSY, 8192, 1) / bound(BUSY, 8192, 1))
                .as("published: 86")
                .isBetween(45L, 180L);
    }

    @Test
    void shouldKeepTheCollapseWithManyOutstanding() {
        long bound = bound(BUSY, 16, 8);
        assertThat(unbound(BUSY, 16, 8)).as("published: 242 times").isGreaterThan(40 * bound);
    }

    @Test
    void shouldBeDominatedByTheHandOffWithOneOutstanding() {
        long small = unbound(IDLE, 16, 1);
        long large = unbound(IDLE, 8192, 1);
        assertThat(small).as("published: 161615").isBetween(140_000L, 185_000L);
        assertThat(large).as("published: 117660").isBetween(100_000L, 135_000L);
        assertThat(bound(IDLE, 64, 1)).as("published: 39554").isBetween(20_000L, 40_000L);
        assertThat((double) bound(IDLE, 8192, 1) / bound(IDLE, 512, 1))
                .as("published: 0.91, 16 times the bytes")
                .isBetween(0.85, 1.0);
    }

    @Test
    void shouldBeBoundBySubmissionAndSerialStageWithManyOutstanding() {
        long small = unbound(IDLE, 16, 8);
        long large = unbound(IDLE, 8192, 8);
        assertThat(small).as("published: 426973, 2.6 times one outstanding").isGreaterThan(2 * unbound(IDLE, 16, 1));
        assertThat((double) large / small).as("published: 0.94").isBetween(0.8, 1.01);
    }
}
