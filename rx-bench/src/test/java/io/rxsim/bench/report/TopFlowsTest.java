package io.rxsim.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.rxsim.core.run.FlowResults;
import org.junit.jupiter.api.Test;

class TopFlowsTest {
    /** Flow i has i mod 10 packets delivered. */
    private static FlowResults flows(int size) {
        return new FlowResults() {
            @Override
            public int size() {
                return size;
            }

            @Override
            public String describe(int flow) {
                return "flow " + flow;
            }

            @Override
            public int delivered(int flow) {
                return flow % 10;
            }

            @Override
            public int dropped(int flow) {
                return flow == 3 ? 100 : 0;
            }

            @Override
            public int outOfOrder(int flow) {
                return flow;
            }

            @Override
            public int applicationCpu(int flow) {
                return 1;
            }

            @Override
            public int lastCpu(int flow) {
                return 2;
            }

            @Override
            public long closed() {
                return 7;
            }
        };
    }

    @Test
    void shouldListTheFlowsWithMostPacketsFirstAndEqualsByNumber() {
        TopFlows top = new TopFlows(flows(1000), 4);

        assertThat(top.listed()).isEqualTo(4);
        assertThat(top.describe(0)).isEqualTo("flow 3");
        assertThat(top.dropped(0)).isEqualTo(100);
        assertThat(top.describe(1)).isEqualTo("flow 9");
        assertThat(top.describe(2)).isEqualTo("flow 19");
        assertThat(top.describe(3)).isEqualTo("flow 29");
        assertThat(top.outOfOrder(3)).isEqualTo(29);
    }

    @Test
    void shouldStillCountAllFlows() {
        TopFlows top = new TopFlows(flows(1000), 4);

        assertThat(top.size()).isEqualTo(1000);
        assertThat(top.closed()).isEqualTo(7);
    }

    @Test
    void shouldListAllWhereThereAreFewer() {
        assertThat(new TopFlows(flows(3), 1000).listed()).isEqualTo(3);
    }
}
