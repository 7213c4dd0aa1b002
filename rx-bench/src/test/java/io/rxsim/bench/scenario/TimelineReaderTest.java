package io.rxsim.bench.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rxsim.core.cpu.CpuMask;
import io.rxsim.core.run.DeviceState;
import io.rxsim.core.run.HostChange;
import io.rxsim.core.run.Scenario;
import io.rxsim.core.run.Timeline;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Timelines of scenario files: every write is tried on what the writes before it left. */
class TimelineReaderTest {
    private static final String HOST = "workload: {test: UDP_STREAM}\nnic: {queues: 2}\nsteering: rfs\n";

    private static Study study(String... entries) {
        StringBuilder yaml = new StringBuilder(HOST).append("timeline:\n");
        for (String entry : entries) {
            yaml.append("  - ").append(entry).append('\n');
        }
        return Reference.study(yaml.toString());
    }

    private static List<Timeline.Timed> changes(String... entries) {
        return study(entries).variants().get(0).timeline().changes();
    }

    private static Timeline.Timed at(long ms, HostChange change) {
        return new Timeline.Timed(ms * 1_000_000, change);
    }

    private static CpuMask mask(String text) {
        return CpuMask.parse(text, 12);
    }

    @Test
    void shouldReadEveryAction() {
        assertThat(changes(
                        "{at: 1ms, sysctl: {net.core.netdev_max_backlog: 0x10, net.core.netdev_budget: -5}}",
                        "{at: 1ms, sysctl: {net.core.netdev_budget_usecs: 9000, net.core.dev_weight: 32}}",
                        "{at: 2ms, sysctl: {net.core.dev_weight_rx_bias: 3, net.core.rps_sock_flow_entries: 100}}",
                        "{at: 3ms, queues: {rx-1: {rps_cpus: \"f\", rps_flow_cnt: 100}}}",
                        "{at: 4ms, offline: [3, 4], online: 3}",
                        "{at: 5ms, irq_affinity: {rx-0: \"018\"}, device: down}",
                        "{at: 6ms, device: up, move: {flow: 7, to: 2}}",
                        "{at: 7ms, move: {from: 0, to: 1}}",
                        "{at: 8ms, threaded: 1}",
                        "{at: 9ms, threaded: 0x0}"))
                .containsExactly(
                        at(1, new HostChange.NetdevMaxBacklog(16)),
                        at(1, new HostChange.NetdevBudget(-5)),
                        at(1, new HostChange.NetdevBudgetUsecs(9000)),
                        at(1, new HostChange.BacklogWeight(32)),
                        at(2, new HostChange.BacklogWeight(96)),
                        at(2, new HostChange.RpsSockFlowEntries(128)),
                        at(3, new HostChange.RpsCpus(1, mask("f"))),
                        at(3, new HostChange.RpsFlowCnt(1, 128)),
                        at(4, new HostChange.CpuOnline(3, false)),
                        at(4, new HostChange.CpuOnline(4, false)),
                        at(4, new HostChange.CpuOnline(3, true)),
                        at(5, new HostChange.IrqAffinity(0, mask("18"))),
                        at(5, new HostChange.Device(DeviceState.DOWN)),
                        at(6, new HostChange.Device(DeviceState.UP)),
                        at(6, new HostChange.ThreadMove(7, 2)),
                        at(7, new HostChange.ThreadsMove(0, 1)),
                        at(8, new HostChange.Threaded(true)),
                        at(9, new HostChange.Threaded(false)));
    }

    @Test
    void shouldKeepOnlyCpusThatAreOnlineAtTheWrite() {
        assertThat(changes(
                        "{at: 1ms, offline: 2}",
                        "{at: 2ms, queues: {rx-0: {rps_cpus: \"6\"}}, online: 2}",
                        "{at: 3ms, offline: 1, queues: {rx-0: {rps_cpus: \"2\"}}}"))
                .contains(at(2, new HostChange.RpsCpus(0, mask("2"))), at(3, new HostChange.RpsCpus(0, mask("0"))));
    }

    @Test
    void shouldBringADeviceBackWithDefaultQueues() {
        assertThat(changes(
                        "{at: 1ms, queues: {rx-0: {rps_cpus: f}}, device: unregister}", "{at: 2ms, device: register}"))
                .containsExactly(
                        at(1, new HostChange.RpsCpus(0, mask("f"))),
                        at(1, new HostChange.Device(DeviceState.UNREGISTERED)),
                        at(2, new HostChange.RpsCpus(0, mask("0"))),
                        at(2, new HostChange.RpsFlowCnt(0, 0)),
                        at(2, new HostChange.RpsCpus(1, mask("0"))),
                        at(2, new HostChange.RpsFlowCnt(1, 0)),
                        at(2, new HostChange.Device(DeviceState.UP)));
    }

    @Test
    void shouldBringADeviceBackWithoutThreads() {
        String threaded = HOST.replace("queues: 2", "threaded: 1");
        Study study =
                Reference.study(threaded + "timeline: [{at: 1ms, device: unregister}, {at: 2ms, device: register}]");
        assertThat(study.variants().get(0).machine().threads().nic()).isTrue();
        assertThat(study.variants().get(0).timeline().changes()).contains(at(2, new HostChange.Threaded(false)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {at: 2ms, sysctl: {net.core.netdev_max_backlog: many}} | 6:53: net.core.netdev_max_backlog=many (EINVAL
            {at: 2ms, sysctl: {net.core.netdev_budget_usecs: 1}}   | 6:54: net.core.netdev_budget_usecs=1 (EINVAL
            {at: 2ms, sysctl: {net.core.rps_sock_flow_entries: -1}} | 6:56: net.core.rps_sock_flow_entries=-1 (EINVAL
            {at: 2ms, queues: {rx-0: {rps_cpus: 1000}}}            | 6:41: rps_cpus=1000 (EOVERFLOW
            {at: 2ms, queues: {rx-0: {rps_flow_cnt: 3x}}}          | 6:45: rps_flow_cnt=3x (EINVAL
            {at: 2ms, queues: {rx-2: {rps_cpus: 1}}}               | 6:24: rx-2: the NIC has no such queue, allowed is rx-0 to rx-1
            {at: 2ms, offline: 12}                                 | 6:24: offline=12 is no CPU, allowed is 0 to 11
            {at: 2ms, offline: [1, 0]}                             | 6:28: offline=0 (ENOENT): cpu0 has no file online on x86, where it stays online; allowed is 1 to 11
            {at: 2ms, online: 0}                                   | 6:23: online=0 (ENOENT)
            {at: 2ms, offline: 5, irq_affinity: {rx-0: "020"}}     | 6:48: irq_affinity=020 (EINVAL
            {at: 2ms, offline: 5, move: {flow: 0, to: 5}}          | 6:47: to=5 (EINVAL
            {at: 2ms, device: unregister, queues: {rx-0: {rps_cpus: 1}}} | 6:43: queues (ENOENT)
            {at: 2ms, threaded: on}                                | 6:25: threaded=on (EINVAL
            {at: 2ms, threaded: 2}                                 | 6:25: threaded=2 (EOPNOTSUPP: 2 is neither 0 nor 1), allowed is 0 or 1
            {at: 2ms, device: unregister, threaded: 1}             | 6:5: threaded (ENOENT)
            {at: 2ms, device: register}                            | 6:23: device=register (EEXIST)
            {at: 500us, offline: 1}                                | 6:10: at=500us is before the entry above
            {at: 2ms}                                              | 6:5: timeline: nothing is done
            {offline: 2}                                           | 6:5: at is missing
            {at: 2ms, offlin: 2}                                   | 6:15: unknown key offlin, did you mean offline?
            {at: 2ms, move: {to: 2}}                               | 6:21: move: expected to and one of flow and from
            """)
    void shouldNameLineErrnoAndReasonOfWhatIsRefused(String entry, String message) {
        assertThatThrownBy(() -> study("{at: 1ms, sysctl: {net.core.netdev_budget: 64}}", entry))
                .isInstanceOf(BadInputException.class)
                .hasMessageStartingWith("reference.yaml:" + message);
    }

    /** Weights and budgets with which nothing is ever polled: refused where the kernel takes them (docs/model.md, Settings). */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            v2.6.35 | net.core.netdev_budget: 0      | net.core.netdev_budget=0, which v2.6.35 takes and then polls nothing for ever, allowed is 1 or more
            v2.6.35 | net.core.netdev_budget: -7     | net.core.netdev_budget=-7, which v2.6.35 takes and then polls nothing for ever, allowed is 1 or more
            v2.6.35 | net.core.dev_weight: 0         | backlogs would be polled with a weight of 0, which v2.6.35 takes and the model does not, allowed is a dev_weight * dev_weight_rx_bias of 1 or more
            v2.6.35 | net.core.dev_weight: -64       | backlogs would be polled with a weight of -64, which v2.6.35 takes and the model does not, allowed is a dev_weight * dev_weight_rx_bias of 1 or more
            v6.18   | net.core.dev_weight: 0         | net.core.dev_weight=0 (EINVAL: less than 1), allowed is a number from 1 to 2147483647
            v6.18   | net.core.dev_weight: 67108864, net.core.dev_weight_rx_bias: 64 | backlogs would be polled with a weight of 0, which v6.18 takes and the model does not, allowed is a dev_weight * dev_weight_rx_bias of 1 or more
            v6.18   | net.core.netdev_budget_usecs: 0 | net.core.netdev_budget_usecs=0 (EINVAL: less than 8000), allowed is a number from 8000 to 2147483647
            """)
    void shouldRefuseWhatWouldNeverEnd(String kernel, String write, String message) {
        String yaml = HOST + "kernel: " + kernel + "\ntimeline: [{at: 1ms, sysctl: {" + write + "}}]\n";
        assertThatThrownBy(() -> Reference.study(yaml))
                .isInstanceOf(BadInputException.class)
                .hasMessageMatching("reference.yaml:5:\\d+: \\Q" + message + "\\E");
    }

    @Test
    void shouldComeBackFromTheCompleteScenario() {
        Study first = study(
                "{at: 1ms, sysctl: {net.core.netdev_budget: 64}, offline: [1]}",
                "{at: 2ms, queues: {rx-0: {rps_cpus: \"0000000e\"}}, move: {from: 0, to: 2}}");
        Study second = Reference.study(YamlWriter.write(first.effective(Reference.CONFIG)));
        assertThat(second.variants().get(0).timeline())
                .isEqualTo(first.variants().get(0).timeline());
        assertThat(second.effective()).isEqualTo(first.effective());
    }

    @Test
    void shouldLetAVariantHaveItsOwn() {
        List<Scenario> variants = Reference.study(
                        HOST
                                + "timeline: [{at: 1ms, offline: 1}]\n"
                                + "variants: [{name: a}, {name: b, timeline: ~}, {name: c, timeline: [{at: 2ms, online: 1}]}]\n")
                .variants();
        assertThat(variants)
                .extracting(variant -> variant.timeline().changes())
                .containsExactly(
                        List.of(at(1, new HostChange.CpuOnline(1, false))),
                        List.of(),
                        List.of(at(2, new HostChange.CpuOnline(1, true))));
    }
}
