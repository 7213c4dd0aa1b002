package io.rxsim.bench.verify.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.rxsim.bench.cli.Main;
import io.rxsim.bench.verify.trace.TraceEvent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostProfileFileTest {
    private static final String SHAPE = "{packages: 1, cores: 2, cores_per_llc: 2, threads: 1}";

    @TempDir
    private Path folder;

    @Test
    void shouldWriteAHostThatRunTakes() throws IOException {
        Map<String, Integer> costs = Map.of(
                "ipi_latency",
                6193,
                "line",
                41,
                "softirq",
                333,
                "steer",
                17,
                "enqueue",
                254,
                "backlog",
                517,
                "protocol",
                241);
        Files.writeString(folder.resolve("here.yaml"), HostProfileFile.text(costs, SHAPE, 250));
        Files.writeString(folder.resolve("study.yaml"), """
                host: here.yaml
                workload: {test: UDP_STREAM, flows: 2, rate: 10k/s}
                measure: {duration: 10ms}
                """);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);

        int code = Main.run(
                new String[] {"run", folder.resolve("study.yaml").toString()},
                stream,
                stream,
                InputStream.nullInputStream());

        assertThat(out.toString(StandardCharsets.UTF_8)).contains("host measured");
        assertThat(code).isZero();
    }

    @Test
    void shouldLeaveOutWhatWasNotMeasuredAndNameTheSourceOfTheRest() {
        String text = HostProfileFile.text(Map.of("steer", 17), SHAPE, 1000);

        assertThat(text)
                .contains("  steer: {ns: 17, source: \"measured on this machine by rx verify kernel\"}")
                .contains("hz: 1000")
                .doesNotContain("line_ns", "ipi_latency_ns", "backlog", "poll", "idle_exit");
    }

    @Test
    void shouldTakeTwoTicksForTheBudgetOfTime() {
        assertThat(HostProfileFile.hz("8000")).isEqualTo(250);
        assertThat(HostProfileFile.hz("2000")).isEqualTo(1000);
        assertThat(HostProfileFile.hz("20000")).isEqualTo(100);
        assertThat(HostProfileFile.hz("100000")).as("changed by hand").isEqualTo(250);
        assertThat(HostProfileFile.hz("0")).isEqualTo(250);
    }

    @Test
    void shouldTakeTheMiddleHalfOfTheDistances() {
        List<TraceEvent> events = new ArrayList<>();
        long clock = 0;
        for (long distance : new long[] {100, 110, 120, 130, 140, 150, 160, 90_000}) {
            events.add(new TraceEvent(1, 0, clock, "netif_rx_entry", ""));
            events.add(new TraceEvent(1, 1, clock + 7, "ipi_send_cpu", ""));
            events.add(new TraceEvent(1, 0, clock + distance, "netif_rx", ""));
            events.add(new TraceEvent(1, 0, clock + distance + 7, "call_function_single_entry", ""));
            clock += 1_000_000;
        }
        CostProbe probe = new CostProbe();
        probe.read("none ", events);

        assertThat(probe.count("none netif_rx_entry netif_rx")).isEqualTo(8);
        assertThat(probe.mean("none netif_rx_entry netif_rx")).isEqualTo(135);
        assertThat(probe.mean("none ipi")).isEqualTo(135);
        assertThat(probe.mean("none nothing")).isZero();
    }
}
