package io.rxsim.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.rxsim.core.cost.HostProfile;
import io.rxsim.core.cost.Stage;
import io.rxsim.core.cost.StageCost;
import io.rxsim.core.cpu.CpuMask;
import io.rxsim.core.cpu.CpuTopology;
import io.rxsim.core.cpu.Distance;
import io.rxsim.core.kernel.KernelRules;
import io.rxsim.core.run.Machine;
import io.rxsim.core.run.NetConfig;
import io.rxsim.core.run.NicConfig;
import io.rxsim.core.run.RxQueueConfig;
import io.rxsim.core.run.ThreadPlacement;
import io.rxsim.workload.random.ChiSquare;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PlacementCatalogTest {
    private static final long SEED = 42;

    @Test
    void shouldPlaceRoundRobinOverTheOnlineCpus() {
        ThreadPlacement placement = open("pinned", machine(8, "d2"));
        assertThat(List.of(0, 1, 2, 3, 4).stream().map(placement::initialCpu)).containsExactly(1, 4, 6, 7, 1);
        assertThat(placement.nextMoveNs()).isEqualTo(ThreadPlacement.NEVER);
    }

    @Test
    void shouldPlaceOverTheOnlineCpusOfAMask() {
        ThreadPlacement placement = open("pinned:f0", machine(8, "d2"));
        assertThat(List.of(0, 1, 2, 3).stream().map(placement::initialCpu)).containsExactly(4, 6, 7, 4);
    }

    @Test
    void shouldMoveAtItsRate() {
        ThreadPlacement placement = open("migrating:2.5/s", machine(8, "ff"));
        int moves = 100_000;
        long lastNs = 0;
        for (int i = 0; i < moves; i++) {
            assertThat(placement.nextMoveNs()).as("move %d, seed %d", i, SEED).isGreaterThanOrEqualTo(lastNs);
            lastNs = placement.nextMoveNs();
            placement.move(10);
        }
        assertThat(lastNs / 1e9 * 2.5 / moves).isCloseTo(1, within(4 / StrictMath.sqrt(moves)));
    }

    @Test
    void shouldMoveEveryFlowAlikeToAnotherCpuThanBefore() {
        ThreadPlacement placement = open("migrating:100", machine(8, "fd"));
        int[] flows = new int[100];
        int[] cpus = new int[8];
        int[] last = new int[100];
        for (int i = 0; i < 200_000; i++) {
            long move = placement.move(100);
            int flow = (int) (move >>> 32);
            int cpu = (int) move;
            if (flows[flow]++ > 0) {
                assertThat(cpu).as("move %d, seed %d", i, SEED).isNotEqualTo(last[flow]);
            }
            last[flow] = cpu;
            cpus[cpu]++;
        }
        assertThat(ChiSquare.evenly(flows)).isLessThan(ChiSquare.P001_DF99);
        assertThat(cpus[1]).as("offline").isZero();
        for (int cpu : new int[] {0, 2, 3, 4, 5, 6, 7}) {
            assertThat(cpus[cpu] / 200_000.0).isCloseTo(1 / 7.0, within(5e-3));
        }
    }

    @Test
    void shouldMoveTheSameWayTwiceAndOtherwiseUnderAnotherSeed() {
        assertThat(moves(SEED)).isEqualTo(moves(SEED)).isNotEqualTo(moves(SEED + 1));
    }

    @Test
    void shouldNotMoveWhereThereIsOneCpu() {
        assertThat(open("migrating:100/s", machine(8, "10")).nextMoveNs()).isEqualTo(ThreadPlacement.NEVER);
    }

    @Test
    void shouldNameWhatIsAllowed() {
        assertRefused("pined", "placement=pined is unknown, did you mean pinned?, allowed: pinned, migrating, free");
        assertRefused("migrating", "placement=migrating, allowed is migrating:RATE, for example migrating:100/s");
        assertRefused("migrating:often", "placement migrating: rate=often, allowed is 0.001/s to 1G/s");
        assertRefused("migrating:0", "placement migrating: rate=0, allowed is 0.001/s");
        assertRefused("pinned:xyz", "placement=pinned:xyz: EINVAL");
        assertThatThrownBy(() -> open("pinned:2", machine(8, "d0"))).hasMessageContaining("no online CPU");
        assertThatThrownBy(() -> open("pinned:100", machine(8, "ff"))).hasMessageContaining("EOVERFLOW");
    }

    private static void assertRefused(String text, String message) {
        assertThatThrownBy(() -> PlacementCatalog.parse(text, SEED))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    private static long moves(long seed) {
        ThreadPlacement placement =
                PlacementCatalog.parse("migrating:100/s", seed).open(machine(8, "ff"));
        long folded = 0;
        for (int i = 0; i < 1000; i++) {
            folded = folded * 31 + placement.nextMoveNs();
            folded = folded * 31 + placement.move(50);
        }
        return folded;
    }

    private static ThreadPlacement open(String text, Machine machine) {
        return PlacementCatalog.parse(text, SEED).open(machine);
    }

    private static Machine machine(int cpus, String online) {
        Map<Stage, StageCost> costs = new EnumMap<>(Stage.class);
        for (Stage stage : Stage.values()) {
            costs.put(stage, new StageCost(100, 0, 0, "test"));
        }
        Map<Distance, Integer> lines = new EnumMap<>(Distance.class);
        for (Distance distance : Distance.values()) {
            lines.put(distance, distance == Distance.SAME ? 0 : 10);
        }
        HostProfile profile = new HostProfile("test", CpuTopology.flat(cpus), 1000, 1000, costs, lines);
        CpuMask onlineMask = CpuMask.parse(online, cpus);
        NicConfig nic =
                new NicConfig(NicConfig.Path.NAPI, 1, List.of(CpuMask.all(cpus)), 256, 0, Collections.nCopies(128, 0));
        NetConfig net = new NetConfig(1000, 300, 2000, 64, 0, List.of(new RxQueueConfig(CpuMask.empty(cpus), 0)));
        return new Machine(KernelRules.V6_18, profile, onlineMask, nic, net);
    }
}
