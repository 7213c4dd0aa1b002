package io.rxsim.core.live;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/** Keeps what lies before a {@link PaddedLong}'s word off its cache line. */
abstract class LeadingPad {
    @SuppressWarnings("unused")
    long p00, p01, p02, p03, p04, p05, p06, p07, p08, p09, p0a, p0b, p0c, p0d, p0e, p0f;
}

/** The word. */
abstract class PaddedWord extends LeadingPad {
    long word;
}

/**
 * A number that threads share, alone on its cache line and on the one that the prefetcher fetches along: the one padded class
 * of the code base. {@code PaddedLongTest} verifies the layout.
 *
 * <p>Methods are named after the access mode of the memory model that they use; what each access pairs with is said where
 * it is called and in docs/synchronization.md. Any thread.
 */
public final class PaddedLong extends PaddedWord {
    private static final VarHandle WORD;

    static {
        try {
            WORD = MethodHandles.lookup().findVarHandle(PaddedWord.class, "word", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    @SuppressWarnings("unused")
    long p10, p11, p12, p13, p14, p15, p16, p17, p18, p19, p1a, p1b, p1c, p1d, p1e, p1f;

    /** A number that starts at {@code value}. */
    public PaddedLong(long value) {
        word = value;
    }

    /** Plain read, by the one thread that writes it. */
    public long plain() {
        return word;
    }

    /** Plain write, by the one thread that reads it. */
    public void plain(long value) {
        word = value;
    }

    /** Opaque read. */
    public long opaque() {
        return (long) WORD.getOpaque(this);
    }

    /** Acquire read. */
    public long acquire() {
        return (long) WORD.getAcquire(this);
    }

    /** Volatile read. */
    public long full() {
        return (long) WORD.getVolatile(this);
    }

    /** Opaque write. */
    public void opaque(long value) {
        WORD.setOpaque(this, value);
    }

    /** Release write. */
    public void release(long value) {
        WORD.setRelease(this, value);
    }

    /** Volatile write; a following read that must not pass it needs {@link VarHandle#fullFence()}. */
    public void full(long value) {
        WORD.setVolatile(this, value);
    }

    /** Volatile compare and set. */
    public boolean compareAndSet(long expected, long value) {
        return WORD.compareAndSet(this, expected, value);
    }

    /** Volatile addition; the number before it. */
    public long fetchAdd(long value) {
        return (long) WORD.getAndAdd(this, value);
    }
}
