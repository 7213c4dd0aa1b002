package io.rxsim.core.virtual;

import static org.assertj.core.api.Assertions.assertThat;

import io.rxsim.core.cost.Stage;
import io.rxsim.core.cpu.CpuMask;
import io.rxsim.core.cpu.CpuTopology;
import io.rxsim.core.kernel.KernelRules;
import io.rxsim.core.kernel.Rule;
import io.rxsim.core.run.LatencyStage;
import io.rxsim.core.run.RandomStream;
import io.rxsim.core.run.RandomStreams;
import io.rxsim.core.run.RunResult;
import io.rxsim.core.xfrm.CryptoMode;
import io.rxsim.core.xfrm.EspVerdict;
import io.rxsim.core.xfrm.XfrmConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** ESP decrypted by padata's workers on the modelled CPUs. */
class PadataStageTest {
    private static Rig rig(KernelRules rules, int window) {
        Rig rig = new Rig()
                .cost(Stage.PROTOCOL, 100)
                .cost(Stage.CRYPTO, 1000, 10_000, 0)
                .cost(Stage.PADATA, 50)
                .cost(Stage.SWITCH, 300);
        rig.rules = rules;
        rig.topology = new CpuTopology(1, 4, 4, 1);
        rig.rxUsecs = 0;
        rig.ring = 4096;
        CpuMask all = CpuMask.all(4);
        rig.xfrm = new XfrmConfig(CryptoMode.PADATA, false, window, all, all);
        return rig;
    }

    /** Packets of very different length, so that later ones are decrypted first. */
    private static Arrivals mixed(int packets, int gapNs) {
        RandomStream random = RandomStreams.stream(6, "padata");
        Arrivals arrivals = Arrivals.list();
        for (int i = 0; i < packets; i++) {
            int bytes = random.nextInt(4) == 0 ? 2000 : 20;
            arrivals.espAt((long) gapNs * i, 100, 0, packet -> packet.inside.cipherBytes = bytes);
        }
        return arrivals;
    }

    @ParameterizedTest
    @ValueSource(strings = {"v6.18", "v2.6.35", "v2.6.34"})
    void shouldKeepTheOrderOfOneTunnelOnManyCpus(String kernel) {
        RunResult result =
                rig(KernelRules.of(kernel), 64).arrivals(mixed(500, 2_000)).run();

        assertThat(result.esp().verdicts().get(EspVerdict.DECRYPTED)).isEqualTo(500);
        assertThat(result.order().outOfOrder()).isZero();
        assertThat(result.esp().padata().jobs()).isEqualTo(500);
        assertThat(result.esp().reorderWaitShare()).isPositive();
        assertThat(result.latency().stages().get(LatencyStage.CRYPTO).getTotalCount())
                .isEqualTo(500);
    }

    /** Why order matters: without the reorder step the window drops packets, and the flow inside is reordered. */
    @Test
    void shouldLosePacketsAndOrderWithoutTheReorderStep() {
        KernelRules ablated = KernelRules.V6_18.without(Rule.PADATA_REORDER);
        RunResult narrow = rig(ablated, 2).arrivals(mixed(500, 2_000)).run();
        RunResult wide = rig(ablated, 64).arrivals(mixed(500, 2_000)).run();

        assertThat(narrow.esp().verdicts().get(EspVerdict.REPLAYED)).isPositive();
        assertThat(wide.order().outOfOrder()).isPositive();
        assertThat(wide.esp().reorderWaitShare()).isZero();
    }

    @Test
    void shouldDecryptFasterThanOneCpuWhereTheCipherIsDear() {
        Rig serial = rig(KernelRules.V6_18, 64).arrivals(mixed(300, 100));
        serial.xfrm = new XfrmConfig(CryptoMode.SERIAL, false, 64, serial.xfrm.parallel(), serial.xfrm.serial());
        RunResult padata = rig(KernelRules.V6_18, 64).arrivals(mixed(300, 100)).run();

        assertThat(padata.traffic().timing().deliveriesNs() * 2)
                .isLessThan(serial.run().traffic().timing().deliveriesNs());
    }

    @Test
    void shouldWorkOnAPacketItselfWhereNoWorkItemIsFree() {
        RunResult result = rig(KernelRules.V6_18, 64).arrivals(mixed(300, 100)).run();

        assertThat(result.esp().padata().inline()).isPositive();
        assertThat(result.order().outOfOrder()).isZero();
    }

    @Test
    void shouldTakeOneRoundOfHandOversForASinglePacket() {
        RunResult result = rig(KernelRules.V6_18, 64)
                .arrivals(Arrivals.list().espAt(1000, 100, 0, packet -> {}))
                .run();

        // Protocol 100 and queueing 50, switch 300, taking 50, cipher 2500, switch 300, serial part 50, protocol inside
        // 100, switch to the reader 300: together 3750.
        assertThat(result.latency().total().getMinValue()).isBetween(3746L, 3750L);
    }
}
