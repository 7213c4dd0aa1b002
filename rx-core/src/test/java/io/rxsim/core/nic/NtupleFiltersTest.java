package io.rxsim.core.nic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rxsim.core.run.RandomStream;
import io.rxsim.core.run.RandomStreams;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class NtupleFiltersTest {
    @Test
    void shouldTakeEffectAfterItsLatencyAndMoveWithoutAGap() {
        NtupleFilters filters = new NtupleFilters(4, 100);
        int filter = filters.insert(7, 0, 0, 3, 5, 1_000);
        assertThat(filters.queueNow(filter, 1_099)).isEqualTo(NtupleFilters.NONE);
        assertThat(filters.queueNow(filter, 1_100)).isEqualTo(3);
        filters.move(filter, 2, 6, 1_200);
        assertThat(filters.queueNow(filter, 1_299)).isEqualTo(3);
        assertThat(filters.queueNow(filter, 1_300)).isEqualTo(2);
        assertThat(filters.slot(filter)).isEqualTo(6);
    }

    @Test
    void shouldTellDirectionsAndGenerationsApart() {
        NtupleFilters filters = new NtupleFilters(4, 0);
        filters.insert(7, 0, 1, 3, 0, 0);
        assertThat(filters.find(7, 1, 1)).isEqualTo(NtupleFilters.NONE);
        assertThat(filters.find(7, 0, 2)).isEqualTo(NtupleFilters.NONE);
        assertThat(filters.find(7, 0, 1)).isNotEqualTo(NtupleFilters.NONE);
    }

    @Test
    void shouldBeBusyWithEightRequestsUnderWay() {
        NtupleFilters filters = new NtupleFilters(20, 50);
        for (int i = 0; i < NtupleFilters.MAX_IN_FLIGHT; i++) {
            assertThat(filters.isBusy(i)).isFalse();
            filters.insert(i, 0, 0, 0, 0, i);
        }
        assertThat(filters.isBusy(49)).isTrue();
        assertThat(filters.isBusy(50)).isFalse();
    }

    @Test
    void shouldRefuseATableThatCannotBe() {
        assertThatThrownBy(() -> new NtupleFilters(0x10000, 0)).hasMessageContaining("allowed is 1 to 65535");
        assertThatThrownBy(() -> new NtupleFilters(1, -1)).hasMessageContaining("ntuple_latency");
    }

    @Test
    void shouldHoldWhatAMapHolds() {
        for (long seed = 1; seed <= 40; seed++) {
            RandomStream random = RandomStreams.stream(seed, "filters");
            NtupleFilters filters = new NtupleFilters(1 + random.nextInt(40), 0);
            Map<Integer, Integer> queueOfFlow = new TreeMap<>();
            for (int step = 0; step < 2_000; step++) {
                int flow = random.nextInt(60);
                int filter = filters.find(flow, flow % 2, flow % 3);
                assertThat(filter != NtupleFilters.NONE)
                        .as("seed %d step %d", seed, step)
                        .isEqualTo(queueOfFlow.containsKey(flow));
                if (filter != NtupleFilters.NONE) {
                    assertThat(filters.queueNow(filter, step)).isEqualTo(queueOfFlow.get(flow));
                    if (random.nextInt(2) == 0) {
                        filters.remove(filter);
                        queueOfFlow.remove(flow);
                    }
                } else if (!filters.isFull()) {
                    filters.insert(flow, flow % 2, flow % 3, step % 7, 0, step);
                    queueOfFlow.put(flow, step % 7);
                }
                assertThat(filters.size()).isEqualTo(queueOfFlow.size());
            }
            List<Integer> left = new ArrayList<>(queueOfFlow.keySet());
            left.forEach(flow -> filters.remove(filters.find(flow, flow % 2, flow % 3)));
            assertThat(filters.size()).isZero();
        }
    }
}
