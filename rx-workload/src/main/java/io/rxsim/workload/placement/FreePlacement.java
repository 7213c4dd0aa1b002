package io.rxsim.workload.placement;

import io.rxsim.core.run.ThreadPlacement;

/** Threads start round robin over the CPUs and then run wherever the scheduler puts them. One thread. */
final class FreePlacement implements ThreadPlacement {
    private final int[] cpus;

    FreePlacement(int[] cpus) {
        this.cpus = cpus;
    }

    @Override
    public boolean free() {
        return true;
    }

    @Override
    public int initialCpu(int thread) {
        return cpus[thread % cpus.length];
    }

    @Override
    public long nextMoveNs() {
        return NEVER;
    }

    @Override
    public long move(int flows) {
        throw new IllegalStateException("a free placement plans no moves");
    }
}
