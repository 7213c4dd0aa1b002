package io.rxsim.core.virtual;

import io.rxsim.core.run.ThreadPlacement;

/** Placements of known answers. */
final class Placements {
    private Placements() {}

    /** Thread i runs on the i-th of the CPUs, round robin, and stays. */
    static ThreadPlacement pinned(int... cpus) {
        return new ThreadPlacement() {
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
                throw new IllegalStateException("nobody moves");
            }
        };
    }

    /** Thread i starts on the i-th of the CPUs, round robin, and the scheduler may move it. */
    static ThreadPlacement free(int... cpus) {
        ThreadPlacement start = pinned(cpus);
        return new ThreadPlacement() {
            @Override
            public int initialCpu(int thread) {
                return start.initialCpu(thread);
            }

            @Override
            public boolean free() {
                return true;
            }

            @Override
            public long nextMoveNs() {
                return NEVER;
            }

            @Override
            public long move(int flows) {
                return start.move(flows);
            }
        };
    }

    /** Flow 0 starts on CPU 0 and moves to the listed CPUs, one move every period. */
    static ThreadPlacement moving(long periodNs, int... cpus) {
        return new ThreadPlacement() {
            private int moves;

            @Override
            public int initialCpu(int thread) {
                return 0;
            }

            @Override
            public long nextMoveNs() {
                return moves < cpus.length ? periodNs * (moves + 1) : NEVER;
            }

            @Override
            public long move(int flows) {
                return cpus[moves++];
            }
        };
    }
}
