package io.rxsim.bench.verify.perf;

import io.rxsim.bench.verify.trace.TraceEvent;
import io.rxsim.bench.verify.trace.TraceLine;
import io.rxsim.bench.verify.trace.TraceLineException;
import io.rxsim.core.cpu.CpuMask;
import io.rxsim.core.nic.VethQueueMapping;
import io.rxsim.core.run.Machine;
import io.rxsim.core.softnet.SoftnetView;
import io.rxsim.core.steer.Decision;
import io.rxsim.steering.RfsPolicy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Holds the lines of {@code perf script} against the model: a packet's hash and queue before steering, from the entry events of
 * {@code net:*}, and its CPU after it, from {@code net:netif_receive_skb}, joined by the address of its buffer.
 *
 * <p>What steering depends on but the trace does not show is not guessed. A queue without map and table steers nothing and a map of one CPU
 * always gives that, whatever the hash; for all others the hash has to be in the line ({@code l4_hash=1}; a hash without it may be one that
 * the kernel recomputes). RFS depends on receive calls, which these events do not show. Keeps at most 65536 packets that were not seen again.
 * One thread.
 */
public final class PerfVerifier {
    private static final int MAX_PENDING = 65536;
    private static final String LOST = "PERF_RECORD_LOST";
    private static final String NOT_SEEN = "not seen after steering: merged, dropped or beyond the trace";
    private static final Set<String> ENTRIES = Set.of(
            "netif_rx_entry",
            "netif_receive_skb_entry",
            "netif_receive_skb_list_entry",
            "napi_gro_receive_entry",
            "napi_gro_frags_entry");

    private final Machine machine;
    private final boolean anyQueue;
    private final Set<String> devices;
    private final Consumer<String> onDifference;
    private final RfsPolicy policy;
    private final SoftnetView softnet;
    private final Map<String, DeviceTally> tallies = new LinkedHashMap<>();
    private final Map<String, Taken> pending = new Pending();
    private final Map<Integer, String> steeredNow = new HashMap<>();
    private long badLines;
    private long lost;

    /** A packet before steering. */
    private record Taken(String device, int cpu, int rxQueue, int hash, boolean l4Hash) {}

    /**
     * A verifier.
     *
     * @param machine the host as its settings say
     * @param anyQueue whether all queues have the settings of the first, however many there are
     * @param devices that have these settings; empty for all
     * @param onDifference hears the first difference of each device when it is found
     */
    public PerfVerifier(Machine machine, boolean anyQueue, Set<String> devices, Consumer<String> onDifference) {
        this.machine = machine;
        this.anyQueue = anyQueue;
        this.devices = devices;
        this.onDifference = onDifference;
        policy = new RfsPolicy(machine);
        softnet = new IdleBacklogs(machine.online());
    }

    /**
     * A line.
     *
     * @throws TraceLineException if it is no event, or one without a field it should have; it is counted
     */
    public void onLine(String line, long number) {
        if (line.contains(LOST)) {
            lost += lostIn(line);
            return;
        }
        if (TraceLine.isNoEvent(line)) {
            return;
        }
        try {
            onEvent(TraceLine.parse(line), number);
        } catch (TraceLineException e) {
            badLines++;
            throw e;
        }
    }

    /** {@code ... PERF_RECORD_LOST lost 12}. */
    private static long lostIn(String line) {
        String[] words = line.strip().split("\\s+");
        String last = words[words.length - 1];
        return last.matches("\\d{1,18}") ? Long.parseLong(last) : 1;
    }

    private void onEvent(TraceEvent event, long number) {
        if (ENTRIES.contains(event.name())) {
            onTaken(event);
        } else if (event.name().equals("netif_receive_skb")) {
            onReceived(event, number);
        } else if (event.name().equals("netif_rx_exit")) {
            String address = steeredNow.remove(event.cpu());
            Taken refused = event.number("ret") == 0 || address == null ? null : pending.remove(address);
            if (refused != null) {
                tally(refused.device()).skip("refused by the backlog");
            }
        }
    }

    private void onTaken(TraceEvent event) {
        String device = event.required("dev");
        if (!devices.isEmpty() && !devices.contains(device)) {
            return;
        }
        Taken taken = new Taken(
                device,
                event.cpu(),
                VethQueueMapping.rxQueue(event.number("queue_mapping")),
                event.number("hash"),
                event.number("l4_hash") != 0);
        String address = event.required("skbaddr");
        Taken earlier = pending.put(address, taken);
        if (earlier != null) {
            tally(earlier.device()).skip(NOT_SEEN);
        }
        if (event.name().equals("netif_rx_entry")) {
            steeredNow.put(event.cpu(), address);
        }
    }

    private void onReceived(TraceEvent event, long number) {
        Taken taken = pending.remove(event.required("skbaddr"));
        if (taken == null) {
            String device = event.required("dev");
            if (devices.isEmpty() || devices.contains(device)) {
                tally(device).skip("no entry event before it");
            }
            return;
        }
        DeviceTally tally = tally(taken.device());
        int queue = anyQueue ? 0 : taken.rxQueue();
        String cause = whyNotPredicted(taken, queue);
        if (cause != null) {
            tally.skip(cause);
            return;
        }
        long decision = policy.steer(queue, taken.l4Hash() ? taken.hash() : 1, 0, softnet);
        int cpu = Decision.cpu(decision) == Decision.NO_CPU ? taken.cpu() : Decision.cpu(decision);
        String reason = Decision.reason(decision).label();
        String difference = cpu == event.cpu()
                ? null
                : taken.device() + ", line " + number + ": hash " + Integer.toHexString(taken.hash()) + ", rx-"
                        + taken.rxQueue() + ", taken in on CPU " + taken.cpu() + ": the model gives CPU " + cpu + " ("
                        + reason + "), the kernel took CPU " + event.cpu();
        if (tally.judge(Decision.reason(decision), difference)) {
            onDifference.accept(difference);
        }
    }

    private String whyNotPredicted(Taken taken, int queue) {
        if (queue < machine.nic().queues()) {
            if (policy.inForce(queue)) {
                return "recv unknown: RFS is in force";
            }
            if (!taken.l4Hash() && policy.rps().map(queue).length() > 1) {
                return taken.hash() == 0 ? "no hash in the line" : "hash without l4_hash: may be recomputed";
            }
        }
        return null;
    }

    private DeviceTally tally(String device) {
        return tallies.computeIfAbsent(device, unseen -> new DeviceTally());
    }

    /** What was counted, after the last line. */
    public PerfReport report(long lines) {
        pending.values().forEach(taken -> tally(taken.device()).skip(NOT_SEEN));
        pending.clear();
        List<DeviceResult> results = new ArrayList<>();
        tallies.forEach((device, tally) -> results.add(tally.result(device)));
        return new PerfReport(machine.rules().toString(), lines, badLines, lost, results);
    }

    /** Packets by the address of their buffer; beyond the limit the oldest is given up. */
    private final class Pending extends LinkedHashMap<String, Taken> {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Taken> eldest) {
            boolean full = size() > MAX_PENDING;
            if (full) {
                tally(eldest.getValue().device()).skip(NOT_SEEN);
            }
            return full;
        }
    }

    /** Backlogs of which nothing is known or asked. */
    private record IdleBacklogs(CpuMask online) implements SoftnetView {
        @Override
        public int cpuCount() {
            return online.nrCpuIds();
        }

        @Override
        public boolean isOnline(int cpu) {
            return online.contains(cpu);
        }

        @Override
        public int inputQueueHead(int cpu) {
            return 0;
        }

        @Override
        public int inputQueueTail(int cpu) {
            return 0;
        }
    }
}
