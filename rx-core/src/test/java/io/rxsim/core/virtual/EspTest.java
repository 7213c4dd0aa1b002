package io.rxsim.core.virtual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rxsim.core.cost.Stage;
import io.rxsim.core.cpu.CpuMask;
import io.rxsim.core.cpu.CpuTopology;
import io.rxsim.core.run.LatencyStage;
import io.rxsim.core.run.RunResult;
import io.rxsim.core.softnet.DropReason;
import io.rxsim.core.xfrm.CryptoMode;
import io.rxsim.core.xfrm.EspArrival;
import io.rxsim.core.xfrm.EspVerdict;
import io.rxsim.core.xfrm.XfrmConfig;
import org.junit.jupiter.api.Test;

/** ESP decrypted inside the softirq. Every packet is of tunnel 100 or 101 unless it says otherwise. */
class EspTest {
    private static Rig rig(CryptoMode crypto, boolean innerSteered) {
        Rig rig = new Rig().cost(Stage.PROTOCOL, 500).cost(Stage.CRYPTO, 1000, 2000, 0);
        rig.topology = new CpuTopology(1, 4, 4, 1);
        rig.rxUsecs = 0;
        CpuMask all = CpuMask.all(4);
        rig.xfrm = new XfrmConfig(crypto, innerSteered, 64, all, all);
        rig.policy = () -> Policies.byHash(hash -> hash >= 1000 ? 3 : 1 + hash % 2);
        return rig;
    }

    private static long verdicts(RunResult result, EspVerdict verdict) {
        return result.esp().verdicts().get(verdict);
    }

    @Test
    void shouldPayOuterProtocolCipherAndInnerProtocolOnOneCpu() {
        RunResult result = rig(CryptoMode.SERIAL, false)
                .arrivals(Arrivals.list().espAt(1000, 100, 0, packet -> {}))
                .run();

        // 500 outside, 1000 and 2 ns for each of 150 bytes, 500 inside.
        assertThat(result.latency().total().getMinValue()).isEqualTo(2300);
        assertThat(result.latency().stages().get(LatencyStage.CRYPTO).getMaxValue())
                .isEqualTo(1300);
        assertThat(result.latency().service().getMinValue()).isEqualTo(2300);
        assertThat(result.cpus().get(0).softnet().processed()).isEqualTo(2);
        assertThat(verdicts(result, EspVerdict.DECRYPTED)).isOne();
        assertThat(result.esp().innerFlows()).isOne();
        assertThat(result.traffic().flows().delivered(0)).isOne();
    }

    @Test
    void shouldDecryptAFlowWhereItsHashSaysAndOnlyThere() {
        Arrivals arrivals = Arrivals.list();
        for (int i = 0; i < 20; i++) {
            arrivals.espAt(1000L * i, 100 + i % 2, i % 2, packet -> {});
        }
        RunResult perFlow = rig(CryptoMode.PER_FLOW, false).arrivals(arrivals).run();
        RunResult serial = rig(CryptoMode.SERIAL, false).arrivals(arrivals).run();

        assertThat(perFlow.cpus()).extracting(cpu -> cpu.softnet().processed()).containsExactly(0L, 20L, 20L, 0L);
        assertThat(serial.cpus()).extracting(cpu -> cpu.softnet().processed()).containsExactly(40L, 0L, 0L, 0L);
        assertThat(perFlow.order().outOfOrder()).isZero();
    }

    @Test
    void shouldSteerThePacketInsideByItsOwnHash() {
        RunResult result = rig(CryptoMode.PER_FLOW, true)
                .arrivals(Arrivals.list().espAt(1000, 100, 0, packet -> {}))
                .run();

        assertThat(result.cpus()).extracting(cpu -> cpu.softnet().processed()).containsExactly(0L, 0L, 1L, 1L);
        assertThat(result.latency().stages().get(LatencyStage.BACKLOG_WAIT).getTotalCount())
                .isEqualTo(2);
    }

    @Test
    void shouldDropWithoutTheCipherWhatNeedsNone() {
        RunResult result = rig(CryptoMode.SERIAL, false)
                .arrivals(Arrivals.list()
                        .espAt(1000, 100, 0, packet -> {})
                        .espAt(10_000, 100, 0, packet -> packet.inside.sequence = 1)
                        .espAt(20_000, 100, 0, packet -> refused(packet.inside, EspVerdict.UNKNOWN_SPI))
                        .espAt(30_000, 100, 0, packet -> refused(packet.inside, EspVerdict.MALFORMED)))
                .run();

        for (EspVerdict verdict :
                new EspVerdict[] {EspVerdict.REPLAYED, EspVerdict.UNKNOWN_SPI, EspVerdict.MALFORMED}) {
            assertThat(verdicts(result, verdict)).as(verdict.label()).isOne();
            assertThat(result.traffic().dropped().get(verdict.dropReason())).isOne();
        }
        assertThat(result.cpus().get(0).usage().softirqNs()).isEqualTo(2300 + 3 * 500);
        assertThat(result.traffic().delivered()).isOne();
    }

    private static void refused(EspArrival inside, EspVerdict verdict) {
        inside.verdict = verdict;
        inside.cipherCalled = false;
        inside.innerFlow = EspArrival.NOTHING_INSIDE;
    }

    @Test
    void shouldPayTheCipherForAForgedPacketAndLeaveTheWindowWhereItWas() {
        RunResult result = rig(CryptoMode.SERIAL, false)
                .arrivals(Arrivals.list()
                        .espAt(1000, 100, 0, packet -> {
                            packet.inside.verdict = EspVerdict.FORGED;
                            packet.inside.sequence = 1_000_000;
                        })
                        .espAt(10_000, 100, 0, packet -> {}))
                .run();

        assertThat(verdicts(result, EspVerdict.FORGED)).isOne();
        assertThat(verdicts(result, EspVerdict.DECRYPTED)).isOne();
        assertThat(result.cpus().get(0).usage().softirqNs()).isEqualTo(500 + 1300 + 2300);
    }

    @Test
    void shouldEndADummyWithItsDecryption() {
        RunResult result = rig(CryptoMode.SERIAL, true)
                .arrivals(Arrivals.list()
                        .espAt(1000, 100, 0, packet -> packet.inside.innerFlow = EspArrival.NOTHING_INSIDE))
                .run();

        assertThat(verdicts(result, EspVerdict.DECRYPTED)).isOne();
        assertThat(result.traffic().delivered()).isOne();
        assertThat(result.latency().total().getMaxValue()).isEqualTo(1800);
    }

    @Test
    void shouldCountEveryEspPacketOnce() {
        Rig rig = rig(CryptoMode.SERIAL, false);
        rig.ring = 4;
        Arrivals arrivals = Arrivals.list();
        for (int i = 0; i < 200; i++) {
            arrivals.espAt(300L * i, 100 + i % 3, i % 7, packet -> {});
            arrivals.at(300L * i, 50);
        }
        RunResult result = rig.arrivals(arrivals).run();

        long sum = result.esp().verdicts().values().stream()
                .mapToLong(Long::longValue)
                .sum();
        assertThat(result.esp().packets())
                .isEqualTo(200)
                .isEqualTo(sum + result.esp().lostEarlier());
        assertThat(result.esp().lostEarlier())
                .isPositive()
                .isLessThan(result.traffic().dropped().get(DropReason.RX_RING));
        assertThat(result.traffic().packets())
                .isEqualTo(result.traffic().delivered() + result.traffic().droppedTotal());
    }

    @Test
    void shouldHaveAnotherDigestWithOneNanosecondMoreOfTheCipher() {
        Arrivals arrivals = Arrivals.list().espAt(1000, 100, 0, packet -> {});
        Rig dearer = rig(CryptoMode.SERIAL, false).cost(Stage.CRYPTO, 1001, 2000, 0);

        assertThat(dearer.arrivals(arrivals).run().digest())
                .isNotEqualTo(
                        rig(CryptoMode.SERIAL, false).arrivals(arrivals).run().digest());
    }

    @Test
    void shouldNotRunWhereTheHostHasNoPriceForIt() {
        Rig rig = rig(CryptoMode.SERIAL, false);
        rig.costs.remove(Stage.CRYPTO);

        assertThatThrownBy(rig::run)
                .hasMessage("costs.crypto is missing in host test: decrypting one ESP packet, needed by ESP");
    }
}
