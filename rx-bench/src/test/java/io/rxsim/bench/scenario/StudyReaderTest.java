package io.rxsim.bench.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rxsim.core.run.Machine;
import io.rxsim.core.run.Measure;
import io.rxsim.core.run.NicConfig;
import io.rxsim.core.run.RxQueueConfig;
import io.rxsim.core.run.Scenario;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StudyReaderTest {
    private static final Path CONFIG = Path.of("..", "config");
    private static final String UDP = "workload: {test: UDP_STREAM}\n";

    private static Study read(String yaml, String... sets) {
        List<Tree.Mapping> overlays = List.of(sets).stream().map(Overlay::ofSet).toList();
        return StudyReader.read(
                YamlText.parse("s.yaml", yaml.getBytes(StandardCharsets.UTF_8)),
                CONFIG,
                overlays,
                new WorkloadReader(InputStream.nullInputStream()));
    }

    private static Machine machine(String yaml, String... sets) {
        return read(yaml, sets).variants().get(0).machine();
    }

    @Test
    void shouldCompareNoneRpsAndRfsUnlessVariantsAreGiven() {
        assertThat(read(UDP).variants()).extracting(Scenario::name).containsExactly("none", "RPS", "RFS");
        assertThat(read(UDP).variants())
                .extracting(scenario -> scenario.steering().name())
                .containsExactly("none", "rps", "rfs");
        assertThat(read(UDP + "steering: oracle\n").variants())
                .extracting(Scenario::name)
                .containsExactly("oracle");
    }

    @Test
    void shouldTakeTheKernelsDefaults() {
        Machine machine = machine(UDP);

        assertThat(machine.rules().version()).isEqualTo("v6.18");
        assertThat(machine.net().netdevMaxBacklog()).isEqualTo(1000);
        assertThat(machine.net().netdevBudget()).isEqualTo(300);
        assertThat(machine.net().netdevBudgetUsecs()).isEqualTo(8000);
        assertThat(machine.net().backlogWeight()).isEqualTo(64);
        assertThat(machine.net().rpsSockFlowEntries()).isZero();
        assertThat(machine.net().queues().get(0).rpsCpus().isEmpty()).isTrue();
        assertThat(machine.nic().path()).isEqualTo(NicConfig.Path.NAPI);
        assertThat(machine.nic().indirection()).hasSize(128);
    }

    @Test
    void shouldRoundTablesUpAndCutMasksToOnlineCpusAsTheKernel() {
        Machine machine = machine(UDP
                + "online: 00f\n"
                + "sysctl: {net.core.rps_sock_flow_entries: 0x7001}\n"
                + "queues: {rx-0: {rps_cpus: ffc, rps_flow_cnt: 5}}\n");

        assertThat(machine.net().rpsSockFlowEntries()).isEqualTo(32768);
        RxQueueConfig queue = machine.net().queues().get(0);
        assertThat(queue.rpsCpus().cpus()).containsExactly(2, 3);
        assertThat(queue.rpsFlowCnt()).isEqualTo(8);
    }

    @Test
    void shouldAcceptAMaskWithoutOnlineCpusAndSaySo() {
        Study study = read(UDP + "online: 00f\nqueues: {rx-0: {rps_cpus: f00}}\n");

        assertThat(study.variants()
                        .get(0)
                        .machine()
                        .net()
                        .queues()
                        .get(0)
                        .rpsCpus()
                        .isEmpty())
                .isTrue();
        assertThat(study.notes())
                .containsExactly("rx-0: rps_cpus=f00 has no online CPU, so RPS is off, as in the kernel");
    }

    @Test
    void shouldReadMasksAsHexWhateverYamlWouldMakeOfThem() {
        Machine machine = machine(UDP + "queues: {rx-0: {rps_cpus: 10}}\n");

        assertThat(machine.net().queues().get(0).rpsCpus().cpus()).containsExactly(4);
    }

    @Test
    void shouldApplySettingsForAllQueuesBelowThoseForOne() {
        Machine machine = machine(
                UDP + "nic: {queues: 3}\n" + "queues: {rx-*: {rps_cpus: ff, rps_flow_cnt: 16}, rx-1: {rps_cpus: 3}}\n");

        assertThat(machine.net().queues())
                .extracting(queue -> queue.rpsCpus().toString())
                .containsExactly("0ff", "003", "0ff");
        assertThat(machine.net().queues()).extracting(RxQueueConfig::rpsFlowCnt).containsOnly(16);
        assertThat(machine.irqCpu(2)).isEqualTo(2);
    }

    @Test
    void shouldLayVariantsOverTheScenario() {
        Study study = read(UDP
                + "nic: {ring: 512}\n"
                + "queues: {rx-0: {rps_cpus: ff}}\n"
                + "variants:\n"
                + "  - {name: all off, steering: none}\n"
                + "  - {name: small, kernel: v2.6.35, nic: {ring: 8}, queues: {rx-*: {rps_cpus: 3}}}\n"
                + "  - {name: ablated, without: [tail-check]}\n");

        List<Scenario> variants = study.variants();
        assertThat(variants).extracting(Scenario::name).containsExactly("all off", "small", "ablated");
        assertThat(variants.get(0).machine().nic().ring()).isEqualTo(512);
        assertThat(variants.get(1).machine().nic().ring()).isEqualTo(8);
        assertThat(variants.get(1).machine().rules().version()).isEqualTo("v2.6.35");
        assertThat(variants.get(1).machine().net().queues().get(0).rpsCpus().cpus())
                .containsExactly(0, 1);
        assertThat(variants.get(2).machine().rules()).hasToString("v6.18 without tail-check");
        assertThat(variants.get(2).steering().name()).isEqualTo("rfs");
    }

    @Test
    void shouldLetOptionsReplaceSettings() {
        String yaml = UDP + "queues: {rx-0: {rps_cpus: ff}}\nnic: {ring: 5}\n";

        assertThat(machine(yaml, "nic.ring=77").nic().ring()).isEqualTo(77);
        assertThat(machine(yaml, "sysctl.net.core.netdev_max_backlog=-1").net().netdevMaxBacklog())
                .isEqualTo(-1);
        assertThat(machine(yaml, "queues.rx-*.rps_cpus=3")
                        .net()
                        .queues()
                        .get(0)
                        .rpsCpus()
                        .weight())
                .isEqualTo(2);
        assertThat(machine(yaml, "nic.queues=2", "nic.irq_affinity=[\"4\", \"8\"]")
                        .irqCpu(1))
                .isEqualTo(3);
        assertThat(read(yaml, "seed=9").seed()).isEqualTo(9);
    }

    @Test
    void shouldCutAnEndlessWorkloadAndReadACaptureToItsEnd() {
        Measure stream = read(UDP).variants().get(0).measure();
        Measure capture = read("workload: {capture: captures/redis.pcap.gz}\n")
                .variants()
                .get(0)
                .measure();

        assertThat(stream.durationNs()).isEqualTo(100_000_000);
        assertThat(capture.durationNs()).isEqualTo(Measure.UNTIL_END);
    }

    @Test
    void shouldListEveryDefaultThatWasTaken() {
        assertThat(read(UDP + "nic: {ring: 9}\n").defaults())
                .contains("kernel=v6.18", "host=e5-1650v4", "nic.rx_usecs=20", "seed=1", "application.service=1us")
                .doesNotContain("nic.ring=256", "nic.ring=9");
    }

    @Test
    void shouldWriteAnEffectiveScenarioThatReadsBackToTheSameRun() {
        Study study = read(UDP
                + "nic: {queues: 2, rss_key: \"" + "6d:5a:".repeat(20).replaceAll(":$", "") + "\"}\n"
                + "online: ff\nflow_key: 000102030405060708090a0b0c0d0e0f\n"
                + "queues: {rx-*: {rps_cpus: \"fe\", rps_flow_cnt: 9}}\n"
                + "variants: [{name: a}, {name: b c, nic: {queues: 1}, steering: none},"
                + " {name: d, kernel: v2.6.35, without: tail-check}]\n");

        String written = YamlWriter.write(study.effective(CONFIG));
        Study again = StudyReader.read(
                YamlText.parse("e.yaml", written.getBytes(StandardCharsets.UTF_8)),
                CONFIG,
                List.of(),
                new WorkloadReader(InputStream.nullInputStream()));

        assertThat(YamlWriter.write(again.effective(CONFIG))).isEqualTo(written);
        assertThat(again.defaults()).isEmpty();
        for (int i = 0; i < study.variants().size(); i++) {
            Scenario before = study.variants().get(i);
            Scenario after = again.variants().get(i);
            assertThat(after.name()).isEqualTo(before.name());
            assertThat(after.steering().name()).isEqualTo(before.steering().name());
            assertThat(after.machine().net()).isEqualTo(before.machine().net());
            assertThat(after.machine().nic()).isEqualTo(before.machine().nic());
            assertThat(after.machine().rules())
                    .hasToString(before.machine().rules().toString());
            assertThat(after.measure()).isEqualTo(before.measure());
            assertThat(after.seed()).isEqualTo(before.seed());
        }
    }

    @Test
    void shouldNameFilesInTheEffectiveScenarioFromTheDirectoryItIsWrittenTo() {
        Study study = read("workload: {capture: captures/redis.pcap.gz}\n");

        assertThat(YamlWriter.write(study.effective(CONFIG.resolve("out"))))
                .contains("capture: \"../captures/redis.pcap.gz\"");
    }

    @Test
    void shouldKeepAHostThatIsNotShippedInTheEffectiveScenario(@TempDir Path temp) throws IOException {
        String shipped = Files.readString(CONFIG.resolve("hosts/e5-1650v4.yaml"));
        Files.writeString(temp.resolve("mine.yaml"), shipped.replace("name: e5-1650v4", "name: \"mine: #1\""));
        Study study = read(UDP + "host: \"" + temp.resolve("mine.yaml") + "\"\n");

        Study again = read(YamlWriter.write(study.effective(CONFIG)));

        assertThat(again.variants().get(0).machine().profile().name()).isEqualTo("mine: #1");
        assertThat(again.variants().get(0).machine().profile().costs())
                .isEqualTo(study.variants().get(0).machine().profile().costs());
        assertThat(YamlWriter.write(again.effective(CONFIG))).isEqualTo(YamlWriter.write(study.effective(CONFIG)));
    }

    @Test
    void shouldRefuseAcceleratedRfsWhereTheKernelHasNone() {
        String workload = "workload: {test: UDP_STREAM}\nsteering: arfs\n";
        assertThatThrownBy(() -> Reference.study(workload + "kernel: v2.6.35\n"))
                .hasMessageContaining("v2.6.35 has no accelerated RFS");
        assertThat(Reference.study(workload).notes())
                .containsExactly("arfs: nic.ntuple_filters=0, so arfs steers as rfs does");
        assertThat(Reference.study(workload + "nic: {ntuple_filters: 8}\n").notes())
                .isEmpty();
    }
}
