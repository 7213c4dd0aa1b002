package io.rxsim.bench.verify.kernel;

import io.rxsim.bench.verify.trace.TraceEvent;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads what steps of the receive path cost out of traces with times: each figure is the mean distance of two events of one packet, less
 * what writing an event costs, which is the distance of two events with nothing between them. The lowest and the highest quarter of the
 * samples are left out: some were interrupted. Times in the text are whole microseconds; their mean is finer, since packets come at any time. One thread.
 */
final class CostProbe {
    private final Map<String, List<Long>> samples = new HashMap<>();
    private final Map<Integer, TraceEvent> last = new HashMap<>();
    private TraceEvent ipiSent;

    /** Takes the distances of neighbouring events of each CPU, and from an interrupt's sending to its arrival, under a prefix. */
    void read(String prefix, List<TraceEvent> events) {
        last.clear();
        ipiSent = null;
        for (TraceEvent event : events) {
            TraceEvent before = last.put(event.cpu(), event);
            if (before != null) {
                sample(prefix + before.name() + " " + event.name(), event.clock() - before.clock());
            }
            if (event.name().equals("ipi_send_cpu")) {
                ipiSent = event;
            } else if (event.name().equals("call_function_single_entry")
                    && ipiSent != null
                    && ipiSent.cpu() != event.cpu()) {
                sample(prefix + "ipi", event.clock() - ipiSent.clock());
                ipiSent = null;
            }
        }
    }

    private void sample(String what, long ns) {
        samples.computeIfAbsent(what, unseen -> new ArrayList<>()).add(ns);
    }

    /** Number of samples of a figure. */
    int count(String what) {
        return samples.getOrDefault(what, List.of()).size();
    }

    /** Mean of a distance in nanoseconds, of the middle half of its samples; 0 where there is none. */
    double mean(String what) {
        List<Long> sorted = new ArrayList<>(samples.getOrDefault(what, List.of()));
        if (sorted.isEmpty()) {
            return 0;
        }
        Collections.sort(sorted);
        int quarter = sorted.size() / 4;
        List<Long> kept = sorted.subList(quarter, sorted.size() - quarter);
        return kept.stream().mapToLong(Long::longValue).average().orElse(0);
    }
}
