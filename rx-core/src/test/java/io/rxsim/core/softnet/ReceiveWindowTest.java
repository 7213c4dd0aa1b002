package io.rxsim.core.softnet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** A buffer of 212,992 bytes and segments of 1,448 in 2,304: 160/256 of the space, 133,120 bytes, is window. */
class ReceiveWindowTest {
    private final ReceiveWindow window = new ReceiveWindow(212_992, 1448, 2304);

    @Test
    void shouldAdvertiseAllThatFitsButOneSegment() {
        assertThat(window.most()).isEqualTo(90);
        assertThat(window.select(0)).isEqualTo(90);
        assertThat(window.select(2304)).isEqualTo(90);
        assertThat(window.select(2 * 2304)).isEqualTo(89);
    }

    @Test
    void shouldAdvertiseNothingBelowASixteenth() {
        // 8,320 bytes of window are 13,312 of the buffer, or five segments.
        assertThat(window.select(212_992 - 13_312)).isEqualTo(5);
        assertThat(window.select(212_992 - 13_311)).isZero();
        assertThat(window.select(300_000)).isZero();
    }

    @Test
    void shouldNeverAdvertiseMoreThanTheBufferHolds() {
        for (int used = 0; used < 212_992; used += 2304) {
            assertThat(used + window.select(used) * 2304).isLessThanOrEqualTo(212_992);
        }
    }

    @Test
    void shouldRefuseABufferOfLessThanTwoSegments() {
        assertThatThrownBy(() -> new ReceiveWindow(4000, 1448, 2304))
                .hasMessage("rmem_default=4000 holds fewer than two segments of 1448 bytes, each 2304 in truesize");
    }
}
