package io.rxsim.bench.jmh.padata;

import io.rxsim.bench.micro.Limit;
import io.rxsim.bench.micro.Target;
import java.util.ArrayList;
import java.util.List;

/** What padata on threads is held to. */
public final class PadataTargets {
    /** 80 % of the throughput. */
    private static final double OF_NO_HAND_OFF = 1.25;

    private static final double OF_UNORDERED = 1.1;
    private static final double OF_OTHERS = 1;
    private static final double EMPTY_NS = 150;
    /** Less than an object in 200 jobs: a table that sees a new depth makes a chunk of 1 KB, once. */
    private static final double NO_BYTES = 0.1;

    private static final List<String> KERNELS = List.of("2.6.35", "6.18");
    private static final List<String> OTHERS =
            List.of("stream", "futures", "disruptor-blocking", "disruptor-yielding", "disruptor-sleeping");

    private PadataTargets() {}

    /** The ratios, by kernel. */
    public static List<Target> all() {
        List<Target> targets = new ArrayList<>();
        for (String kernel : KERNELS) {
            String padata = "padata-" + kernel;
            targets.add(target(JobWork.AES_GCM_1400, padata, "no-hand-off", OF_NO_HAND_OFF));
            targets.add(target(JobWork.AES_GCM_1400, "serial", padata, Target.NONE));
            targets.add(target(JobWork.AES_GCM_1400, padata, "unordered-" + kernel, OF_UNORDERED));
            for (JobWork work : List.of(JobWork.AES_GCM_1400, JobWork.EMPTY)) {
                OTHERS.forEach(other -> targets.add(target(work, padata, other, OF_OTHERS)));
                targets.add(target(work, "apart-" + kernel, "futures", Target.NONE));
            }
        }
        return targets;
    }

    /** The bounds of padata's own price, by kernel. */
    public static List<Limit> limits() {
        List<Limit> limits = new ArrayList<>();
        for (String kernel : KERNELS) {
            String padata = "padata-" + kernel;
            limits.add(limit(padata, Limit.Figure.MEDIAN_NS, EMPTY_NS));
            limits.add(limit(padata, Limit.Figure.BYTES, NO_BYTES));
        }
        return limits;
    }

    private static Limit limit(String stage, Limit.Figure figure, double atMost) {
        return new Limit(stage + ", empty job", PadataTurns.of(JobWork.EMPTY, stage), figure, atMost);
    }

    private static Target target(JobWork work, String stage, String than, double atMost) {
        String label = stage + " / " + than + ", " + work.label();
        return new Target(label, PadataTurns.of(work, stage), PadataTurns.of(work, than), atMost);
    }
}
