package io.rxsim.core.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rxsim.core.cpu.CpuTopology;
import io.rxsim.core.cpu.Distance;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HostProfileTest {
    private static final CpuTopology TOPOLOGY = new CpuTopology(2, 4, 2, 2);

    private final Map<Stage, StageCost> costs = new EnumMap<>(Stage.class);
    private final Map<Distance, Integer> lineNs = new EnumMap<>(Distance.class);

    @BeforeEach
    void everyConstantDiffers() {
        for (Stage stage : Stage.values()) {
            costs.put(
                    stage, new StageCost(1000 * (stage.ordinal() + 1), 100 + stage.ordinal(), stage.ordinal(), "test"));
        }
        for (Distance distance : Distance.values()) {
            lineNs.put(distance, 7 * distance.ordinal());
        }
    }

    private HostProfile profile(int hz, int ipiLatencyNs) {
        return new HostProfile("test", TOPOLOGY, hz, ipiLatencyNs, costs, lineNs);
    }

    @Test
    void shouldAddBaseBytesAndLinesAtThePriceOfTheirDistance() {
        CostModel model = profile(250, 0).costModel();
        for (Stage stage : Stage.values()) {
            for (int cpu = 0; cpu < 16; cpu++) {
                for (int previous = 0; previous < 16; previous++) {
                    long lines = 7L * TOPOLOGY.distance(cpu, previous).ordinal() * stage.ordinal();
                    long bytes = (100L + stage.ordinal()) * 1514 / 1000;
                    assertThat(model.costNs(stage, cpu, previous, 1514))
                            .isEqualTo(1000L * (stage.ordinal() + 1) + bytes + lines);
                }
            }
        }
    }

    @Test
    void shouldRoundBytesDownAndSurviveTheLargestValues() {
        costs.put(Stage.RECV, new StageCost(StageCost.MAX_BASE_NS, 1_000_000, 1000, "test"));
        lineNs.put(Distance.REMOTE, HostProfile.MAX_LINE_NS);
        CostModel model = profile(250, 0).costModel();
        assertThat(model.costNs(Stage.RECV, 0, 4, 262_144)).isEqualTo(2_000_000_000L + 262_144_000L);
        assertThat(model.costNs(Stage.HARDIRQ, 0, 0, 9)).isEqualTo(1000);
        assertThat(model.costNs(Stage.HARDIRQ, 0, 0, 10)).isEqualTo(1001);
    }

    @Test
    void shouldRefuseAProfileThatLacksAConstant() {
        costs.remove(Stage.IPI_SEND);
        assertThatThrownBy(() -> profile(250, 0))
                .hasMessage("costs.ipi_send is missing: sending one inter-processor interrupt");
        everyConstantDiffers();
        lineNs.remove(Distance.LLC);
        assertThatThrownBy(() -> profile(250, 0)).hasMessage("line_ns.llc is missing, allowed is 0 to 1000000");
    }

    @Test
    void shouldRefuseConstantsOutOfRange() {
        assertThatThrownBy(() -> profile(99, 0)).hasMessage("hz=99, allowed is 100 to 1000");
        assertThatThrownBy(() -> profile(1001, 0)).hasMessage("hz=1001, allowed is 100 to 1000");
        assertThatThrownBy(() -> profile(250, -1)).hasMessage("ipi_latency_ns=-1, allowed is 0 to 1000000000");
        lineNs.put(Distance.SMT, -1);
        assertThatThrownBy(() -> profile(250, 0)).hasMessage("line_ns.smt=-1, allowed is 0 to 1000000");
        lineNs.put(Distance.SMT, HostProfile.MAX_LINE_NS + 1);
        assertThatThrownBy(() -> profile(250, 0)).hasMessage("line_ns.smt=1000001, allowed is 0 to 1000000");
        assertThatThrownBy(() -> new StageCost(-1, 0, 0, "x")).hasMessage("ns=-1, allowed is 0 to 1000000000");
        assertThatThrownBy(() -> new StageCost(0, -1, 0, "x")).hasMessage("per_byte_ps=-1, allowed is 0 to 1000000");
        assertThatThrownBy(() -> new StageCost(0, 0, 1001, "x")).hasMessage("lines=1001, allowed is 0 to 1000");
    }

    @Test
    void shouldAcceptTheEdgesOfTheRanges() {
        assertThatCode(() -> profile(100, 0)).doesNotThrowAnyException();
        assertThatCode(() -> profile(1000, StageCost.MAX_BASE_NS)).doesNotThrowAnyException();
        assertThatCode(() -> new StageCost(0, 0, 0, "x")).doesNotThrowAnyException();
    }

    @Test
    void shouldKeepItsOwnCopyOfTheConstants() {
        HostProfile profile = profile(250, 300);
        costs.put(Stage.POLL, new StageCost(1, 0, 0, "later"));
        assertThat(profile.costs().get(Stage.POLL).source()).isEqualTo("test");
        assertThat(profile.name()).isEqualTo("test");
        assertThat(profile.hz()).isEqualTo(250);
        assertThat(profile.ipiLatencyNs()).isEqualTo(300);
        assertThat(profile.topology()).isEqualTo(TOPOLOGY);
        assertThat(profile.lineNs()).containsEntry(Distance.REMOTE, 28);
    }
}
