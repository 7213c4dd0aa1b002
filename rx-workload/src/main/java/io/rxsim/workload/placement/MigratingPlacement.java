package io.rxsim.workload.placement;

import io.rxsim.core.run.RandomStream;
import io.rxsim.core.run.ThreadPlacement;
import io.rxsim.workload.random.Exponential;
import io.rxsim.workload.spec.Rate;
import java.util.Arrays;

/**
 * Threads are placed round robin; then, at exponential gaps, a flow chosen evenly among all so far has its thread moved to
 * another CPU, chosen evenly.
 *
 * <p>Other than the CPU of the flow's last move, that is: where a thread that never moved runs is not known here (threads are
 * numbered by creation, not by flow), so its first move may name the CPU it is on. One draw of time, flow and CPU per move,
 * whatever they turn out to be. Memory is two bytes per flow up to the highest one moved. One thread.
 */
final class MigratingPlacement implements ThreadPlacement {
    private static final char NOT_MOVED = Character.MAX_VALUE;

    private final int[] cpus;
    private final RandomStream choices;
    private final Exponential gaps;
    private long nextMoveNs;
    /** Index of the CPU of each flow's last move. */
    private char[] lastIndex = new char[0];

    MigratingPlacement(int[] cpus, Rate rate, RandomStream choices, RandomStream times) {
        this.cpus = cpus;
        this.choices = choices;
        gaps = Exponential.ofRate(rate, times);
        nextMoveNs = cpus.length > 1 ? gaps.nextNs() : NEVER;
    }

    @Override
    public int initialCpu(int thread) {
        return cpus[thread % cpus.length];
    }

    @Override
    public long nextMoveNs() {
        return nextMoveNs;
    }

    @Override
    public long move(int flows) {
        long laterNs = nextMoveNs + gaps.nextNs();
        nextMoveNs = laterNs < 0 ? NEVER : laterNs;
        int flow = choices.nextInt(flows);
        remember(flow);
        int last = lastIndex[flow];
        int index;
        if (last == NOT_MOVED) {
            index = choices.nextInt(cpus.length);
        } else {
            index = choices.nextInt(cpus.length - 1);
            index += index >= last ? 1 : 0;
        }
        lastIndex[flow] = (char) index;
        return (long) flow << 32 | cpus[index];
    }

    private void remember(int flow) {
        if (flow >= lastIndex.length) {
            int length = lastIndex.length;
            lastIndex = Arrays.copyOf(lastIndex, Math.max(flow + 1, length + length / 2));
            Arrays.fill(lastIndex, length, lastIndex.length, NOT_MOVED);
        }
    }
}
