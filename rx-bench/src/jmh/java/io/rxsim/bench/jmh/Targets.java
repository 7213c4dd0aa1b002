package io.rxsim.bench.jmh;

import io.rxsim.bench.jmh.padata.PadataTargets;
import io.rxsim.bench.micro.BenchmarkCase;
import io.rxsim.bench.micro.Target;
import io.rxsim.core.live.LiveThroughput;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The ratios that are shown, and what they are held to. */
final class Targets {
    private static final double RPS_AT_MOST = 2;
    private static final double RFS_AT_MOST = 2.5;
    /** Nanoseconds per packet; 60 % of the rate. */
    private static final double LIVE_AT_MOST = 1 / 0.6;

    private static final double SCALE_AT_MOST = 2.5;

    private Targets() {}

    static List<Target> all() {
        List<Target> targets = new ArrayList<>();
        for (String flows : List.of("1000", "100000", "1000000")) {
            targets.add(steering("rps", "loadsOfRps", flows, RPS_AT_MOST));
            targets.add(steering("rfsHit", "loadsOfRfs", flows, RFS_AT_MOST));
        }
        for (String pending : List.of("16", "64", "4096")) {
            Map<String, String> row = Map.of("pending", pending);
            targets.add(new Target(
                    "calendar.hold / java.util.PriorityQueue, " + pending + " pending",
                    new BenchmarkCase("calendar", "hold", row),
                    new BenchmarkCase("calendar", "holdPriorityQueue", row),
                    Target.NONE));
        }
        for (String policy : List.of("none", "rps", "rfs")) {
            targets.add(new Target(
                    "engine " + policy + ": 128 CPUs, 100000 flows / 8 CPUs, 1000 flows",
                    engine(policy, "128", "100000"),
                    engine(policy, "8", "1000"),
                    SCALE_AT_MOST));
        }
        for (String chain : List.of("none", "rps", "rfs")) {
            targets.add(new Target(
                    "live " + chain + " / bare Disruptor chain",
                    LiveChains.of(chain),
                    LiveChains.of("bare"),
                    chain.equals("rfs") ? LIVE_AT_MOST : Target.NONE));
        }
        targets.add(new Target(
                "live rfs / bare Disruptor chain, all on one thread",
                LiveChains.of("rfs" + LiveThroughput.ONE_THREAD),
                LiveChains.of("bare" + LiveThroughput.ONE_THREAD),
                Target.NONE));
        targets.addAll(PadataTargets.all());
        for (String key : List.of("AES-128", "AES-256")) {
            for (String bytes : List.of("64", "512", "1400", "9000")) {
                Map<String, String> row = new LinkedHashMap<>();
                row.put("bytes", bytes);
                row.put("key", key);
                targets.add(new Target(
                        "cipher forged / genuine, " + bytes + " bytes, " + key,
                        new BenchmarkCase("cipher", "forged", row),
                        new BenchmarkCase("cipher", "genuine", row),
                        Target.NONE));
            }
        }
        return targets;
    }

    private static Target steering(String decision, String loads, String flows, double atMost) {
        Map<String, String> row = Map.of("flows", flows);
        return new Target(
                "steering." + decision + " / " + loads + ", " + flows + " flows",
                new BenchmarkCase("steering", decision, row),
                new BenchmarkCase("steering", loads, row),
                atMost);
    }

    private static BenchmarkCase engine(String policy, String cpus, String flows) {
        Map<String, String> row = new LinkedHashMap<>();
        row.put("cpus", cpus);
        row.put("flows", flows);
        row.put("policy", policy);
        return new BenchmarkCase("engine", "packet", row);
    }
}
