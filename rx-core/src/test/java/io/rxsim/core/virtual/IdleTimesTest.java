package io.rxsim.core.virtual;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class IdleTimesTest {
    private final IdleTimes times = new IdleTimes();
    private long nowNs;

    private boolean areShortAfter(long ns) {
        times.begin(nowNs);
        nowNs += ns;
        times.end(nowNs);
        return times.areShort();
    }

    @Test
    void shouldBeShortOnceTheyHaveBeenForLong() {
        times.end(0);
        int waited = 1;
        while (!areShortAfter(100_000)) {
            waited++;
        }

        // 1 ms, less an eighth for the start, falls towards 100 us: 775 us * (7/8)^k is below 400 us from k = 5 on.
        assertThat(waited).isEqualTo(5);
    }

    @Test
    void shouldBeLongAgainAfterOneLongTime() {
        for (int i = 0; i < 100; i++) {
            areShortAfter(1_000);
        }
        assertThat(times.areShort()).isTrue();

        assertThat(areShortAfter(IdleTimes.MIGRATION_COST_NS * 3)).isFalse();
    }

    @Test
    void shouldBeginIdleAndEndWithAThread() {
        assertThat(times.isIdle()).isTrue();
        times.end(5);
        assertThat(times.isIdle()).isFalse();
        times.begin(9);
        assertThat(times.isIdle()).isTrue();
    }
}
