package io.rxsim.core.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.rxsim.core.run.RandomStream;
import io.rxsim.core.run.RandomStreams;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class IntColumnTest {
    @Test
    void shouldStartEveryFlowAtItsInitialNumber() {
        IntColumn column = new IntColumn(-1);
        assertThat(column.get(0)).isEqualTo(-1);
        assertThat(column.get(5_000_000)).isEqualTo(-1);
        column.set(4097, 3);
        assertThat(column.get(4096)).isEqualTo(-1);
        assertThat(column.get(4097)).isEqualTo(3);
        assertThat(column.get(4095)).isEqualTo(-1);
    }

    @Test
    void shouldCountFromItsInitialNumber() {
        IntColumn column = new IntColumn(10);
        column.increment(70_000);
        column.increment(70_000);
        assertThat(column.get(70_000)).isEqualTo(12);
        assertThat(column.get(70_001)).isEqualTo(10);
    }

    @Test
    void shouldHoldWhatAMapHolds() {
        IntColumn column = new IntColumn(7);
        Map<Integer, Integer> map = new HashMap<>();
        RandomStream random = RandomStreams.stream(17, "column");
        for (int i = 0; i < 200_000; i++) {
            int flow = random.nextInt(1 << (1 + random.nextInt(20)));
            if (random.nextInt(2) == 0) {
                int value = (int) random.nextLong();
                column.set(flow, value);
                map.put(flow, value);
            }
            assertThat(column.get(flow)).as("seed 17, step %d", i).isEqualTo(map.getOrDefault(flow, 7));
        }
    }
}
