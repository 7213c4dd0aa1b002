package io.rxsim.core.padata;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** A driver without time: queues per CPU and one for any CPU, run when a test says so. */
final class StepWorkqueue implements PadataWorkqueue {
    private final List<Deque<PadataWork>> bound = new ArrayList<>();
    final Deque<PadataWork> unbound = new ArrayDeque<>();
    int submitterCpu;

    StepWorkqueue(int cpus) {
        for (int i = 0; i < cpus; i++) {
            bound.add(new ArrayDeque<>());
        }
    }

    @Override
    public void queue(PadataWork work) {
        (work.cpu() == PadataWork.ANY_CPU ? unbound : bound.get(work.cpu())).add(work);
    }

    @Override
    public void runInline(PadataJob job) {
        job.parallel(submitterCpu);
    }

    Deque<PadataWork> of(int cpu) {
        return bound.get(cpu);
    }

    /** Runs the next work queued on a CPU; false if there is none. */
    boolean step(int cpu) {
        PadataWork work = bound.get(cpu).poll();
        if (work != null) {
            run(work, cpu);
        }
        return work != null;
    }

    /** Runs the next unbound work on a CPU; false if there is none. */
    boolean stepUnbound(int cpu) {
        PadataWork work = unbound.poll();
        if (work != null) {
            run(work, cpu);
        }
        return work != null;
    }

    void runAll() {
        boolean some = true;
        while (some) {
            some = stepUnbound(0);
            for (int cpu = 0; cpu < bound.size(); cpu++) {
                some |= step(cpu);
            }
        }
    }

    static void run(PadataWork work, int cpu) {
        work.begin();
        for (PadataJob job = work.next(); job != null; job = work.next()) {
            if (work.isSerial()) {
                job.serial(cpu);
            } else {
                job.parallel(cpu);
            }
        }
    }
}
