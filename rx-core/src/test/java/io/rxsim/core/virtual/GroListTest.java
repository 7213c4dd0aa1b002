package io.rxsim.core.virtual;

import static org.assertj.core.api.Assertions.assertThat;

import io.rxsim.core.kernel.KernelRules;
import io.rxsim.core.run.Arrival;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is merged and when it goes up the stack; packets are named flow/segment+merged. */
class GroListTest {
    private static final int MSS = 1448;

    private final PacketPool pool = new PacketPool();
    private GroList gro = new GroList(pool, KernelRules.V6_18, 250);

    private void segment(int flow, int segment, boolean push) {
        Arrival arrival = new Arrival();
        arrival.flow = flow;
        arrival.hash = flow;
        arrival.segment = segment;
        arrival.push = push;
        arrival.lengthBytes = 66 + MSS;
        arrival.payloadBytes = MSS;
        gro.receive(pool.admit(arrival, true), 0);
    }

    private void segments(int flow, int first, int count) {
        for (int i = 0; i < count; i++) {
            segment(flow, first + i, false);
        }
    }

    private List<String> up() {
        List<String> up = new ArrayList<>();
        while (!gro.ready().isEmpty()) {
            int packet = gro.ready().remove();
            up.add(pool.flow[packet] + "/" + pool.segment[packet] + "+" + (pool.segments[packet] - 1));
        }
        return up;
    }

    @Test
    void shouldMergeSegmentsThatFollowOneAnotherAndSendThemUpWithTheLastOfAMessage() {
        segments(1, 0, 3);
        segment(2, 0, false);
        assertThat(up()).isEmpty();
        segment(1, 3, true);
        assertThat(up()).containsExactly("1/0+3");
        segment(1, 4, true);
        assertThat(up()).containsExactly("1/4+0");
        gro.flush();
        assertThat(up()).containsExactly("2/0+0");
    }

    @Test
    void shouldSendUpWhatIsHeldWhenASegmentDoesNotFollow() {
        segments(1, 0, 2);
        segments(1, 3, 2);
        assertThat(up()).containsExactly("1/0+1");
        gro.flush();
        assertThat(up()).containsExactly("1/3+1");
    }

    @Test
    void shouldStayBelow64KiBOfIpPacket() {
        // 52 bytes of headers and 45 segments are 65,212 bytes; 46 would be 66,660.
        segments(1, 0, 46);
        assertThat(up()).containsExactly("1/0+44");
    }

    @Test
    void shouldLetWhatIsNoSegmentPassBy() {
        segments(1, 0, 1);
        Arrival request = new Arrival();
        request.flow = 7;
        gro.receive(pool.admit(request, true), 0);
        assertThat(up()).containsExactly("7/-1+0");
    }

    @Test
    void shouldSendTheOldestUpForANinthFlowOfABucket() {
        for (int flow = 0; flow <= 8; flow++) {
            segment(8 * flow, 0, false);
        }
        segment(1, 0, false);
        assertThat(up()).containsExactly("0/0+0");
        gro.flush();
        assertThat(up())
                .containsExactly(
                        "8/0+0", "16/0+0", "24/0+0", "32/0+0", "40/0+0", "48/0+0", "56/0+0", "64/0+0", "1/0+0");
    }

    @Test
    void shouldLetANinthFlowPassByIn2635() {
        gro = new GroList(pool, KernelRules.V2_6_35, 250);
        for (int flow = 0; flow < 9; flow++) {
            segment(flow, 0, false);
        }
        assertThat(up()).containsExactly("8/0+0");
        gro.onFullPoll(50_000_000);
        assertThat(up()).isEmpty();
    }

    @Test
    void shouldSendEverythingUpAfterAFullPollOrWhatIsOldWith1000Ticks() {
        segments(1, 0, 2);
        gro.onFullPoll(0);
        assertThat(up()).containsExactly("1/0+1");
        gro = new GroList(pool, KernelRules.V6_18, 1000);
        segments(1, 2, 2);
        gro.onFullPoll(999_999);
        assertThat(up()).isEmpty();
        gro.onFullPoll(1_000_000);
        assertThat(up()).containsExactly("1/2+1");
    }
}
