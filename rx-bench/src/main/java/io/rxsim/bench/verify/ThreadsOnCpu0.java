package io.rxsim.bench.verify;

import io.rxsim.core.run.ThreadPlacement;

/** For packets without payload, which no thread consumes: a thread would stand on CPU 0 and stay. Any thread. */
public final class ThreadsOnCpu0 implements ThreadPlacement {
    @Override
    public int initialCpu(int thread) {
        return 0;
    }

    @Override
    public long nextMoveNs() {
        return NEVER;
    }

    @Override
    public long move(int flows) {
        throw new IllegalStateException("no move is planned");
    }
}
