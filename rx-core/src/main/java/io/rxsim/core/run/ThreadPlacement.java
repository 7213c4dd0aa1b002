package io.rxsim.core.run;

/**
 * Decides where application threads run. One object per run; called by the engine's thread only; draws from seeded streams
 * only, so that every policy sees the same moves.
 */
public interface ThreadPlacement {
    /** {@link #nextMoveNs()} when no thread will ever move. */
    long NEVER = Long.MAX_VALUE;

    /** The CPU of a new thread. {@code thread} counts threads in order of creation, from 0. */
    int initialCpu(int thread);

    /** Whether the scheduler may run a thread on any CPU; otherwise a thread stays where this placement puts it. */
    default boolean free() {
        return false;
    }

    /** Virtual time of the next move, or {@link #NEVER}. */
    long nextMoveNs();

    /**
     * Makes the move that is due and plans the one after it.
     *
     * @param flows flows seen so far, at least 1
     * @return flow in the upper 32 bits, its thread's new CPU in the lower; the engine ignores a flow without a thread
     */
    long move(int flows);
}
