package io.rxsim.workload.placement;

import io.rxsim.core.run.ThreadPlacement;

/** Threads are placed round robin over the allowed CPUs, ascending, and stay. One thread. */
final class PinnedPlacement implements ThreadPlacement {
    private final int[] cpus;

    PinnedPlacement(int[] cpus) {
        this.cpus = cpus;
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
        throw new IllegalStateException("placement=pinned: a pinned thread does not move");
    }
}
