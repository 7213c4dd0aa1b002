package io.rxsim.bench.verify.kernel;

import io.rxsim.bench.verify.trace.TraceEvent;
import io.rxsim.bench.verify.trace.TraceLine;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A trace buffer of our own (tracefs, {@code instances/NAME}): which events it takes, what it holds, what it lost.
 *
 * <p>The trace clock counts events over all CPUs ({@code counter}), so that the order of the lines is the order in which things happened,
 * whatever the clocks of the CPUs say; where times are wanted it is {@code mono}. The buffer keeps the oldest events and counts what no
 * longer fits. One thread.
 */
final class TraceInstance {
    private static final int BUFFER_KB = 16384;
    private static final String OUR_DEVICES =
            "name == \"" + VethPair.RX_DEVICE + "\" || name == \"" + VethPair.TX_DEVICE + "\"";
    private static final String INET = "family == 2 || family == 10";
    private static final String BACKLOG = "dev_name == \"(no_device)\"";

    private final Path folder;
    private final boolean seesForeignCalls;

    /** The instance in an existing folder. */
    TraceInstance(Path folder) {
        this.folder = folder;
        KernelFile.write(folder.resolve("tracing_on"), "0");
        KernelFile.write(folder.resolve("buffer_size_kb"), Integer.toString(BUFFER_KB));
        KernelFile.write(folder.resolve("trace_options"), "nooverwrite");
        enable("net/netif_rx_entry", OUR_DEVICES);
        enable("net/netif_receive_skb", OUR_DEVICES);
        enable("net/netif_rx_exit", null);
        enable("napi/napi_poll", BACKLOG);
        seesForeignCalls = Files.isDirectory(folder.resolve("events/sock/sock_recv_length"));
        if (seesForeignCalls) {
            enable("sock/sock_recv_length", INET);
            enable("sock/sock_send_length", INET);
        }
        useClock("counter");
    }

    /** Takes another event too, of which those that a filter passes; null for all. */
    void enable(String event, String filter) {
        Path of = folder.resolve("events").resolve(event);
        if (filter != null) {
            KernelFile.write(of.resolve("filter"), filter);
        }
        KernelFile.write(of.resolve("enable"), "1");
    }

    /** Whether the kernel has this event. */
    boolean has(String event) {
        return Files.isDirectory(folder.resolve("events").resolve(event));
    }

    /** Switches to a trace clock; empties the buffer. */
    void useClock(String clock) {
        KernelFile.write(folder.resolve("trace_clock"), clock);
    }

    /** Whether receive and send calls of other processes are seen ({@code sock:sock_recv_length}, since 6.3). */
    boolean seesForeignCalls() {
        return seesForeignCalls;
    }

    /** The file to which processes write their marks. */
    Path marker() {
        return folder.resolve("trace_marker");
    }

    /** Empties the buffer and its counts and starts to record. */
    void start() {
        KernelFile.empty(trace());
        KernelFile.write(folder.resolve("tracing_on"), "1");
    }

    /** Stops recording. */
    void stop() {
        KernelFile.write(folder.resolve("tracing_on"), "0");
    }

    /** The recorded events in order. */
    List<TraceEvent> events() {
        try (BufferedReader lines = Files.newBufferedReader(trace(), StandardCharsets.ISO_8859_1)) {
            return read(lines);
        } catch (IOException e) {
            throw new VerificationException("the trace cannot be read", e);
        }
    }

    /** The events of a trace in tracefs' text form. */
    static List<TraceEvent> read(BufferedReader lines) throws IOException {
        List<TraceEvent> events = new ArrayList<>();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (!TraceLine.isNoEvent(line)) {
                events.add(TraceLine.parse(line));
            }
        }
        return events;
    }

    /** The text of the recorded events. */
    Path trace() {
        return folder.resolve("trace");
    }

    /** Events that the buffer could not hold, over all CPUs. */
    long lost() {
        long lost = 0;
        try (DirectoryStream<Path> cpus = Files.newDirectoryStream(folder.resolve("per_cpu"))) {
            for (Path cpu : cpus) {
                lost += lostIn(KernelFile.read(cpu.resolve("stats")));
            }
        } catch (IOException e) {
            throw new VerificationException("the trace's counters cannot be read", e);
        }
        return lost;
    }

    /** The lost events in the text of a CPU's {@code stats}. */
    static long lostIn(String stats) {
        long lost = 0;
        for (String line : stats.split("\n")) {
            int colon = line.indexOf(':');
            String name = colon < 0 ? "" : line.substring(0, colon);
            if (name.equals("overrun") || name.equals("commit overrun") || name.equals("dropped events")) {
                lost += Long.parseLong(line.substring(colon + 1).strip());
            }
        }
        return lost;
    }
}
