package io.rxsim.core.run;

/**
 * Folds everything that a run decides into 64 bits, in event order: one nanosecond or one CPU more anywhere changes it. One
 * thread.
 */
public final class RunDigest {
    private static final long START = 0x9e3779b97f4a7c15L;
    private static final long MULTIPLIER = 0xd6e8feb86659fd93L;

    private long state = START;

    /** Folds one word. */
    public void fold(long word) {
        final long mixed = (state ^ word) * MULTIPLIER;
        state = mixed ^ (mixed >>> 32);
    }

    /** The fold so far. */
    public long value() {
        return state;
    }
}
