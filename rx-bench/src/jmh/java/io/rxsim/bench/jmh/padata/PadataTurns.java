package io.rxsim.bench.jmh.padata;

import io.rxsim.bench.micro.BenchmarkCase;
import io.rxsim.bench.micro.Effort;
import io.rxsim.bench.micro.Sample;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Group {@code padata}: jobs worked on by two threads whose results are taken in order, by padata of both kernels, without its
 * reorder step, and by what else Java offers; between one thread, and two that need nothing of each other. An operation is a
 * job of a steady stream, timed in batches.
 *
 * <p>Not JMH: the stages of one kind of work take turns of some milliseconds in this JVM, so that whatever else the machine
 * does, a slower processor above all, meets both sides of every ratio. Each turn has threads of its own, which end with it; its
 * beginning and the first turns are not timed. One thread.
 */
public final class PadataTurns {
    /** The group's name. */
    public static final String GROUP = "padata";

    private static final long MILLIS = 1_000_000;

    private final Map<BenchmarkCase, StageTurns> measured = new HashMap<>();

    /** Every stage with every kind of work. */
    public static List<BenchmarkCase> cases() {
        List<BenchmarkCase> cases = new ArrayList<>();
        for (JobWork work : JobWork.values()) {
            Stages.NAMES.forEach(stage -> cases.add(of(work, stage)));
        }
        return cases;
    }

    static BenchmarkCase of(JobWork work, String stage) {
        Map<String, String> row = new LinkedHashMap<>();
        row.put("work", work.label());
        row.put("stage", stage);
        return new BenchmarkCase(GROUP, "job", row);
    }

    /**
     * A stage's figures. The first time it is asked for one all stages with the same work are measured, for this and the calls
     * that follow.
     */
    public Sample measure(BenchmarkCase benchmark, Effort effort) {
        JobWork work = JobWork.of(benchmark.parameters().get("work"));
        if (effort == Effort.ONCE) {
            StageTurns once = new StageTurns(benchmark.parameters().get("stage"), work);
            once.turn(0, 0, true);
            return once.sample();
        }
        if (!measured.containsKey(benchmark)) {
            measureAll(work, effort);
        }
        return measured.remove(benchmark).sample();
    }

    private void measureAll(JobWork work, Effort effort) {
        int warmUps = effort == Effort.QUICK ? 7 : 20;
        int turns = effort == Effort.QUICK ? 18 : 60;
        Map<BenchmarkCase, StageTurns> stages = new LinkedHashMap<>();
        Stages.NAMES.forEach(stage -> stages.put(of(work, stage), new StageTurns(stage, work)));
        for (int turn = 0; turn < warmUps + turns; turn++) {
            boolean timed = turn >= warmUps;
            stages.values().forEach(stage -> stage.turn(4 * MILLIS, 20 * MILLIS, timed));
        }
        measured.putAll(stages);
    }
}
