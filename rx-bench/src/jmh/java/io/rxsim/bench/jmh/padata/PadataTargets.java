package io.rxsim.bench.jmh.padata;

import io.rxsim.bench.micro.BenchmarkCase;
import io.rxsim.bench.micro.Target;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What padata on threads is held to. */
public final class PadataTargets {
    private static final String AES = "aes-gcm-1400";
    /** 80 % of the throughput. */
    private static final double OF_NO_HAND_OFF = 1.25;

    private static final double OF_UNORDERED = 1.1;
    private static final double OF_OTHERS = 1;

    private PadataTargets() {}

    /** The ratios, by kernel. */
    public static List<Target> all() {
        List<Target> targets = new ArrayList<>();
        for (String version : List.of("2.6.35", "6.18")) {
            String padata = "padata-" + version;
            targets.add(target(AES, padata, "no-hand-off", OF_NO_HAND_OFF));
            targets.add(target(AES, "serial", padata, Target.NONE));
            targets.add(target(AES, padata, "unordered-" + version, OF_UNORDERED));
            for (String work : List.of(AES, "empty")) {
                for (String other : List.of(
                        "futures", "stream", "disruptor-blocking", "disruptor-yielding", "disruptor-sleeping")) {
                    targets.add(target(work, padata, other, OF_OTHERS));
                }
            }
        }
        return targets;
    }

    private static Target target(String work, String stage, String than, double atMost) {
        return new Target(stage + " / " + than + ", " + work, benchmark(work, stage), benchmark(work, than), atMost);
    }

    private static BenchmarkCase benchmark(String work, String stage) {
        Map<String, String> row = new LinkedHashMap<>();
        row.put("work", work);
        row.put("stage", stage);
        return new BenchmarkCase("padata", "batch", row);
    }
}
