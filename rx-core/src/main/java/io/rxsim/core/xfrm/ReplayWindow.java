package io.rxsim.core.xfrm;

/**
 * The anti-replay window of one security association.
 *
 * <p>Models: RFC 4303 section 3.4.3 with the bitmap of RFC 6479: a ring of words with one word more than the window needs, so
 * that a window that moves clears whole words and shifts nothing; {@code xfrm_replay_check_bmp} and {@code
 * xfrm_replay_advance_bmp} (net/xfrm/xfrm_replay.c, 6.18). The window is {@code size} wide: of a highest number h, h - size + 1
 * to h may still come. Deviation: numbers are 32 bits, extended sequence numbers are not modelled, so an association ends at
 * 2^32 - 1.
 *
 * <p>{@link #check} changes nothing and comes before the cipher; {@link #advance} checks again and comes after it, since another
 * packet may have passed meanwhile. One thread, or the callers' own order.
 */
public final class ReplayWindow {
    /** {@link #size()} where no window is kept: every number is fresh, as the kernel has it for size 0. */
    public static final int OFF = 0;

    /** Widest window (XFRMA_REPLAY_ESN_MAX, 6.18). */
    public static final int MAX_SIZE = 4096;

    private static final int WORD_BITS = 64;

    private final int size;
    private final long[] words;
    private long highest;

    /**
     * An empty window.
     *
     * @param size numbers that may still come, {@link #OFF} to {@link #MAX_SIZE}
     */
    public ReplayWindow(int size) {
        if (size < OFF || size > MAX_SIZE) {
            throw new IllegalArgumentException(
                    "replay_window=" + size + ", allowed is 0 (no window) to " + MAX_SIZE + " packets");
        }
        this.size = size;
        words = new long[(size + WORD_BITS - 1) / WORD_BITS + 1];
    }

    /** Numbers that may still come. */
    public int size() {
        return size;
    }

    /** Highest number that passed, u32 as a long; 0 before the first. */
    public long highest() {
        return highest;
    }

    /**
     * Whether a number is fresh: not 0, not below the window, not seen.
     *
     * @param sequence u32
     */
    public boolean check(int sequence) {
        final long number = Integer.toUnsignedLong(sequence);
        if (size == OFF) {
            return true;
        }
        if (number > highest) {
            return true;
        }
        if (number == 0 || highest - number >= size) {
            return false;
        }
        return (words[wordOf(number)] & 1L << number) == 0;
    }

    /**
     * An authentic packet has this number: takes it in, unless it is not fresh any more.
     *
     * @param sequence u32
     * @return whether it was fresh; a packet that was not is to be dropped
     */
    public boolean advance(int sequence) {
        if (!check(sequence)) {
            return false;
        }
        final long number = Integer.toUnsignedLong(sequence);
        if (number > highest) {
            clearWordsUpTo(number);
            highest = number;
        }
        words[wordOf(number)] |= 1L << number;
        return true;
    }

    private void clearWordsUpTo(long number) {
        final long steps = Math.min(words.length, (number >>> 6) - (highest >>> 6));
        for (long step = 1; step <= steps; step++) {
            words[(int) (((highest >>> 6) + step) % words.length)] = 0;
        }
    }

    private int wordOf(long number) {
        return (int) ((number >>> 6) % words.length);
    }
}
