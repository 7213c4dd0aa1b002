package io.rxsim.core.xfrm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.rxsim.core.run.RandomStream;
import io.rxsim.core.run.RandomStreams;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReplayWindowTest {
    @Test
    void shouldRefuseWhatWasSeen() {
        ReplayWindow window = new ReplayWindow(64);

        assertThat(window.advance(1)).isTrue();
        assertThat(window.check(1)).isFalse();
        assertThat(window.advance(1)).isFalse();
    }

    @Test
    void shouldTakeTheOldestNumberInsideAndRefuseTheOneBelow() {
        ReplayWindow window = new ReplayWindow(32);

        assertThat(window.advance(100)).isTrue();
        assertThat(window.advance(69)).isTrue();
        assertThat(window.advance(68)).isFalse();
    }

    @Test
    void shouldNotChangeByChecking() {
        ReplayWindow window = new ReplayWindow(64);

        assertThat(window.check(7)).isTrue();
        assertThat(window.check(7)).isTrue();
        assertThat(window.highest()).isEqualTo(0);
    }

    @Test
    void shouldRefuseNumberZero() {
        assertThat(new ReplayWindow(64).check(0)).isFalse();
    }

    @Test
    void shouldTakeEverythingWhereTheWindowIsOff() {
        ReplayWindow window = new ReplayWindow(ReplayWindow.OFF);

        assertThat(window.advance(5)).isTrue();
        assertThat(window.advance(5)).isTrue();
        assertThat(window.advance(0)).isTrue();
    }

    @Test
    void shouldReachTheLastNumber() {
        ReplayWindow window = new ReplayWindow(64);

        assertThat(window.advance(-1)).isTrue();
        assertThat(window.advance(-1)).isFalse();
        assertThat(window.advance(-64)).isTrue();
        assertThat(window.advance(-65)).isFalse();
        assertThat(window.advance(1)).isFalse();
        assertThat(window.highest()).isEqualTo(0xffffffffL);
    }

    @Test
    void shouldRefuseASizeOutOfRange() {
        assertThat(assertThrows(IllegalArgumentException.class, () -> new ReplayWindow(4097))
                        .getMessage())
                .isEqualTo("replay_window=4097, allowed is 0 (no window) to 4096 packets");
    }

    /** The set of all numbers seen is the oracle. */
    @ParameterizedTest
    @ValueSource(ints = {1, 31, 32, 63, 64, 65, 128, 1000, 4096})
    void shouldAgreeWithASetOfNumbersSeen(int size) {
        long seed = 6;
        RandomStream random = RandomStreams.stream(seed, "replay/" + size);
        ReplayWindow window = new ReplayWindow(size);
        Set<Long> seen = new TreeSet<>();
        long highest = 0;
        for (int packet = 0; packet < 20_000; packet++) {
            int reach = packet % 500 == 0 ? 20 * size : size + 70;
            long number = Math.max(0, highest - size - 10 + random.nextInt(reach + 20));
            boolean fresh = number > 0 && number > highest - size && !seen.contains(number);
            String context = "seed=" + seed + " size=" + size + " packet=" + packet + " number=" + number;
            assertThat(window.check((int) number)).as(context).isEqualTo(fresh);
            assertThat(window.advance((int) number)).as(context).isEqualTo(fresh);
            if (fresh) {
                seen.add(number);
                highest = Math.max(highest, number);
            }
        }
    }
}
