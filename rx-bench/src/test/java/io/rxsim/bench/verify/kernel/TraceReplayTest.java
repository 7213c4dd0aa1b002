package io.rxsim.bench.verify.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.rxsim.bench.scenario.Ablation;
import io.rxsim.bench.verify.trace.TraceEvent;
import io.rxsim.core.kernel.KernelRules;
import io.rxsim.core.steer.SteeringReason;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Traces that {@code rx verify kernel -o} kept on a 6.18.44 machine of two CPUs, under load; the clock counts events. */
class TraceReplayTest {
    private static final KernelMachine TWO_CPUS = KernelMachine.of("0-1", "0-1", List.of(0, 1));

    @ParameterizedTest
    @CsvSource({"rfs-wander-tcp, 371, 0", "rfs-entries-4, 300, 0", "held-slots-2, 328, 18", "head-advance, 184, 24"})
    void shouldGiveTheKernelsCpuForEveryPacket(String name, int compared, long held) throws IOException {
        ConfigurationResult result = replay(name, KernelRules.V6_18, events(name));

        assertThat(result.firstDisagreement()).isNull();
        assertThat(result.counts().compared()).isEqualTo(compared);
        assertThat(result.counts().agreeing()).isEqualTo(compared);
        assertThat(result.counts().apart() * 3).isGreaterThan(compared);
        assertThat(result.byReason().getOrDefault(SteeringReason.HELD, 0L)).isEqualTo(held);
    }

    @ParameterizedTest
    @CsvSource({
        "rfs-wander-tcp, upper-bit-check, 0",
        "rfs-entries-4, upper-bit-check, 100",
        "held-slots-2, tail-check, 15",
        "held-slots-2, slot-by-hash-32, 2",
        "head-advance, head-once-per-poll, 10",
        "head-advance, tail-check, 15",
    })
    void shouldDisagreeUnderAWrongRule(String name, String rule, int atLeast) throws IOException {
        ConfigurationResult result = replay(name, Ablation.without(KernelRules.V6_18, rule), events(name));

        assertThat(result.counts().disagreeing()).isGreaterThanOrEqualTo(atLeast);
        if (atLeast > 0) {
            assertThat(result.firstDisagreement()).contains("the model gives CPU", "the kernel took CPU");
        }
    }

    @Test
    void shouldNotCompareWhatMayHaveBeenOverwrittenByAnotherProcess() throws IOException {
        List<TraceEvent> events = new ArrayList<>();
        for (TraceEvent event : events("held-slots-2")) {
            events.add(event);
            if (event.fields().startsWith("rxsim recv< ")) {
                events.add(new TraceEvent(1, 0, event.clock(), "sock_recv_length", "family = AF_INET"));
            }
        }

        ConfigurationResult result = replay("held-slots-2", KernelRules.V6_18, events);

        assertThat(result.notCompared()).containsEntry("another process used a socket since the recv", 320L);
        assertThat(result.counts().compared()).isEqualTo(8);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void shouldNotCompareWhereAPollWasAboutToReturn(int kernelCpu) {
        List<TraceEvent> events = new ArrayList<>();
        packet(events, "1", 0);
        events.add(poll(0));
        recv(events, 0);
        packet(events, "2", 0);
        recv(events, 1);
        // The poll of packet 2 has nothing left to do when packet 3 is steered, and is seen to return after it.
        steered(events, "3");
        events.add(poll(0));
        events.add(new TraceEvent(0, kernelCpu, 0, "netif_receive_skb", "dev=rxsim-rx skbaddr=3"));
        events.add(poll(kernelCpu));
        packet(events, "4", 1);

        ConfigurationResult result = replay("held", KernelRules.V6_18, events);

        assertThat(result.notCompared()).containsExactly(Map.entry("a poll was about to return", 1L));
        assertThat(result.counts().agreeing()).isEqualTo(3);
        assertThat(result.firstDisagreement()).isNull();
    }

    @Test
    void shouldHoldAPacketAsLongAsItsPollIsSeenToRun() {
        List<TraceEvent> events = new ArrayList<>();
        packet(events, "1", 0);
        events.add(poll(0));
        recv(events, 0);
        packet(events, "2", 0);
        recv(events, 1);
        steered(events, "3");
        events.add(new TraceEvent(0, 0, 0, "netif_receive_skb", "dev=other skbaddr=9"));
        events.add(poll(0));
        events.add(new TraceEvent(0, 0, 0, "netif_receive_skb", "dev=rxsim-rx skbaddr=3"));

        ConfigurationResult result = replay("held", KernelRules.V6_18, events);

        assertThat(result.byReason()).containsEntry(SteeringReason.HELD, 1L);
        assertThat(result.counts().agreeing()).isEqualTo(3);
    }

    @Test
    void shouldEndTheComparisonWhereASocketMayHaveMetItsFirstPacketDuringRecv() {
        List<TraceEvent> events = new ArrayList<>();
        packet(events, "1", 0);
        recv(events, 1);
        events.add(poll(0));
        packet(events, "2", 0);

        ConfigurationResult result = replay("held", KernelRules.V6_18, events);

        assertThat(result.notCompared()).containsOnlyKeys("a socket's first packet came during a recv");
        assertThat(result.counts().agreeing()).isEqualTo(1);
    }

    private static void packet(List<TraceEvent> events, String address, int cpu) {
        steered(events, address);
        events.add(new TraceEvent(0, cpu, 0, "netif_receive_skb", "dev=rxsim-rx skbaddr=" + address));
    }

    /** A packet of flow 0 is sent on CPU 1. */
    private static void steered(List<TraceEvent> events, String address) {
        String entry = "dev=rxsim-rx queue_mapping=0 skbaddr=" + address + " hash=0x12345678 l4_hash=1";
        events.add(new TraceEvent(5, 1, 0, "tracing_mark_write", new Mark(Mark.Call.SEND, true, 0).text()));
        events.add(new TraceEvent(5, 1, 0, "netif_rx_entry", entry));
        events.add(new TraceEvent(5, 1, 0, "netif_rx_exit", "ret=0"));
    }

    private static void recv(List<TraceEvent> events, int cpu) {
        events.add(new TraceEvent(6, cpu, 0, "tracing_mark_write", new Mark(Mark.Call.RECV, true, 0).text()));
        events.add(new TraceEvent(6, cpu, 0, "tracing_mark_write", new Mark(Mark.Call.RECV, false, 0).text()));
    }

    private static TraceEvent poll(int cpu) {
        return new TraceEvent(
                0, cpu, 0, "napi_poll", "napi poll on napi struct 1 for device (no_device) work 1 budget 64");
    }

    @Test
    void shouldEndTheComparisonAtAHashOfNoKnownFlow() {
        String entry = "dev=rxsim-rx queue_mapping=0 skbaddr=1 hash=0x00000007 l4_hash=1";
        List<TraceEvent> events = List.of(
                new TraceEvent(5, 0, 1, "netif_rx_entry", entry),
                new TraceEvent(5, 0, 2, "netif_rx_exit", "ret=0"),
                new TraceEvent(5, 0, 3, "netif_receive_skb", "dev=rxsim-rx skbaddr=1"));

        ConfigurationResult result = replay("head-advance", KernelRules.V6_18, events);

        assertThat(result.notCompared()).containsOnlyKeys("a hash of no known flow");
    }

    private static ConfigurationResult replay(String name, KernelRules rules, List<TraceEvent> events) {
        Configuration configuration = Configurations.of(2, List.of(0, 1)).stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow();
        ConfigurationTally tally = new ConfigurationTally();
        new TraceReplay(TWO_CPUS.under(rules, configuration.settings()), new TraceIndex(events), tally).run();
        return tally.result(name, configuration.settings().text(), 0);
    }

    private static List<TraceEvent> events(String name) throws IOException {
        String resource = "/kernel-traces/" + name + ".trace.gz";
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                new GZIPInputStream(Objects.requireNonNull(TraceReplayTest.class.getResourceAsStream(resource))),
                StandardCharsets.ISO_8859_1))) {
            return TraceInstance.read(lines);
        }
    }
}
