package io.rxsim.bench.report;

import io.rxsim.core.xfrm.CryptoMode;
import io.rxsim.core.xfrm.XfrmConfig;
import io.rxsim.steering.SteeringCatalog;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What a reader of a report must know before trusting a figure; empty where nothing is doubtful. */
public final class Warnings {
    /** Samples that must lie beyond a percentile before it says more than a few packets do. */
    private static final int MIN_BEYOND = 10;

    /** Dropped packets per 10,000 from which the latency of the others is not that of the load. */
    private static final int MAX_DROPPED = 100;

    private Warnings() {}

    /** A percentile that results show: of {@code oneIn} samples, one lies beyond it. */
    private record Percentile(String label, int oneIn) {
        long needed() {
            return (long) MIN_BEYOND * oneIn;
        }
    }

    private static final List<Percentile> PERCENTILES = List.of(
            new Percentile("p50", 2),
            new Percentile("p90", 10),
            new Percentile("p99", 100),
            new Percentile("p99.9", 1000),
            new Percentile("p99.99", 10_000));

    /** One line each. */
    public static List<String> of(List<VariantResult> results) {
        List<String> warnings = new ArrayList<>();
        for (VariantResult result : results) {
            if (result.number("packets") == 0) {
                long warmupNs = result.scenario().measure().warmupNs();
                String why =
                        warmupNs == 0 ? "none arrives" : "none arrives after the warm-up of " + Units.time(warmupNs);
                warnings.add("variant " + result.scenario().name() + " measured no packet: " + why);
            }
        }
        for (VariantResult result : results) {
            if (steersNothing(result)) {
                warnings.add("variant " + result.scenario().name() + " steered no packet: its RX queues have neither"
                        + " rps_cpus nor, with rps_sock_flow_entries, rps_flow_cnt, or no packet has a hash");
            }
        }
        for (VariantResult result : results) {
            if (result.has("stoppedInstances") && result.number("stoppedInstances") > 0) {
                warnings.add("variant " + result.scenario().name() + " ended with "
                        + Units.count(result.number("stoppedInstances"))
                        + " stopped instances: their requests were lost and nothing sends them again, so the rate is"
                        + " that of the others");
            }
        }
        tooShort(results, warnings);
        for (VariantResult result : results) {
            double packets = result.number("packets");
            double dropped = dropped(result);
            if (dropped * 10_000 >= packets * MAX_DROPPED && dropped > 0) {
                warnings.add("variant " + result.scenario().name() + " dropped " + Units.count(dropped) + " of "
                        + Units.count(packets) + " packets (" + Units.percent(dropped, packets)
                        + "): its latencies are those of the others");
            }
        }
        return warnings;
    }

    /** Whether a policy that steers by the queues' settings found nothing to steer by. */
    private static boolean steersNothing(VariantResult result) {
        String policy = result.scenario().steering().name();
        double packets = result.number("packets");
        XfrmConfig xfrm = result.scenario().xfrm();
        boolean neverAsked = xfrm != null && !xfrm.innerSteered() && xfrm.crypto() != CryptoMode.PER_FLOW;
        return !neverAsked
                && !policy.equals(SteeringCatalog.NONE)
                && packets > 0
                && result.number("steering.none") == packets;
    }

    /** Variants by the lowest percentile for which they are too short; one line for each. */
    private static void tooShort(List<VariantResult> results, List<String> warnings) {
        Map<Percentile, List<String>> variants = new LinkedHashMap<>();
        PERCENTILES.forEach(percentile -> variants.put(percentile, new ArrayList<>()));
        for (VariantResult result : results) {
            long samples = result.merged().fewestSamples();
            PERCENTILES.stream()
                    .filter(percentile -> samples > 0 && samples < percentile.needed())
                    .findFirst()
                    .ifPresent(percentile -> variants.get(percentile)
                            .add(String.format(
                                    Locale.ROOT,
                                    "%s (%d of %d)",
                                    result.scenario().name(),
                                    samples / percentile.oneIn(),
                                    samples)));
        }
        variants.forEach((percentile, named) -> {
            if (!named.isEmpty()) {
                String higher = percentile.label().equals("p99.99") ? "" : " and above";
                warnings.add("too short for " + percentile.label() + higher + ": fewer than " + MIN_BEYOND
                        + " samples lie beyond it in " + String.join(", ", named) + "; it takes " + percentile.needed()
                        + " samples per run");
            }
        });
    }

    /** Packets lost for any reason. */
    static double dropped(VariantResult result) {
        double dropped = 0;
        for (Object count : ((Map<?, ?>) result.figures().get("dropped")).values()) {
            dropped += ((Number) count).doubleValue();
        }
        return dropped;
    }
}
