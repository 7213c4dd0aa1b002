package io.rxsim.bench.verify.kernel;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Measures what the steps of the receive path cost on this machine, with packets one at a time: not steered, steered to the CPU that takes
 * them in, and steered to another one that is idle. One thread.
 */
final class CostMeasurement {
    /** Lines that move with a packet, as the shipped profiles count them: of the packet, then of the socket. */
    static final int BACKLOG_LINES = 5;

    static final int PROTOCOL_LINES = 2;
    private static final int PACKETS = 1000;
    private static final int LEAST = 100;
    private static final int RECV_EVERY = 200;
    private static final String NET_RX = "vec == 3";
    private static final int LOCAL = 0;
    private static final int REMOTE = 1;
    private static final String TAKEN = "netif_rx_entry netif_rx";
    private static final String QUEUED = "netif_rx netif_rx_exit";
    private static final String RAISED = "netif_rx_exit softirq_entry";
    private static final String POLLED = "softirq_entry netif_receive_skb";
    private static final String PROCESSED = "netif_receive_skb napi_poll";
    private static final String ENDED = "napi_poll softirq_exit";
    private static final String SENT = "ipi_send_cpu softirq_exit";
    private static final String HANDLED = "call_function_single_entry call_function_single_exit";
    private static final List<String> EVENTS = List.of(
            "net/netif_rx",
            "irq/softirq_entry",
            "irq/softirq_exit",
            "ipi/ipi_send_cpu",
            "irq_vectors/call_function_single_entry",
            "irq_vectors/call_function_single_exit");

    private final KernelSettings settings;
    private final TestTraffic traffic;
    private final TraceInstance trace;

    CostMeasurement(KernelSettings settings, TestTraffic traffic, TraceInstance trace) {
        this.settings = settings;
        this.traffic = traffic;
        this.trace = trace;
    }

    /**
     * Measures; leaves other events enabled and another trace clock.
     *
     * @param none settings that steer nothing
     * @param toFirst settings that steer every packet to the first CPU
     * @return nanoseconds by the name of a stage, {@code ipi_latency} and {@code line} among them; those that the
     *     machine's trace events do not show, or not above the noise, are missing
     */
    Map<String, Integer> run(TestSettings none, TestSettings toFirst) {
        for (String event : EVENTS) {
            if (trace.has(event)) {
                trace.enable(event, event.startsWith("irq/") ? NET_RX : null);
            }
        }
        trace.useClock("mono");
        CostProbe probe = new CostProbe();
        measure(probe, "none ", none, LOCAL);
        measure(probe, "local ", toFirst, LOCAL);
        measure(probe, "hop ", toFirst, REMOTE);
        return costs(probe);
    }

    private void measure(CostProbe probe, String prefix, TestSettings wanted, int cpu) {
        settings.write(wanted);
        traffic.open(Configuration.Transport.UDP, 1);
        trace.start();
        for (int i = 0; i < PACKETS; i++) {
            traffic.send(0, cpu, 1);
            if (i % RECV_EVERY == 0) {
                traffic.recv(0, REMOTE);
            }
        }
        traffic.pause();
        trace.stop();
        traffic.close();
        probe.read(prefix, trace.events());
    }

    private static Map<String, Integer> costs(CostProbe probe) {
        Map<String, Integer> costs = new LinkedHashMap<>();
        double event = probe.mean("none " + TAKEN);
        double enqueue = probe.mean("none " + QUEUED);
        put(costs, probe, "enqueue", enqueue - event, "none " + QUEUED);
        put(costs, probe, "steer", probe.mean("local " + QUEUED) - enqueue, "local " + QUEUED);
        double softirq = probe.mean("none " + RAISED) + probe.mean("none " + ENDED) - 2 * event;
        put(costs, probe, "softirq", softirq, "none " + RAISED, "none " + ENDED);
        double backlog = probe.mean("none " + POLLED);
        double protocol = probe.mean("none " + PROCESSED);
        put(costs, probe, "backlog", backlog - event, "none " + POLLED);
        put(costs, probe, "protocol", protocol - event, "none " + PROCESSED);
        double hop = probe.mean("hop " + POLLED) - backlog + probe.mean("hop " + PROCESSED) - protocol;
        put(costs, probe, "line", hop / (BACKLOG_LINES + PROTOCOL_LINES), "hop " + POLLED, "hop " + PROCESSED);
        put(costs, probe, "ipi_send", probe.mean("hop " + SENT) - event, "hop " + SENT);
        put(costs, probe, "ipi_latency", probe.mean("hop ipi") - event, "hop ipi");
        put(costs, probe, "ipi_receive", probe.mean("hop " + HANDLED) - event, "hop " + HANDLED);
        return costs;
    }

    /** A figure that rests on enough samples; a difference that drowns in the noise of a busy machine is none. */
    private static void put(Map<String, Integer> costs, CostProbe probe, String name, double ns, String... from) {
        for (String samples : from) {
            if (probe.count(samples) < LEAST) {
                return;
            }
        }
        if (ns >= 1) {
            costs.put(name, (int) Math.round(ns));
        }
    }
}
