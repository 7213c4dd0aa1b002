package io.rxsim.core.padata;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * Jobs by number, for a window of numbers that moves upwards: a ring of chunks of which only those in use exist.
 *
 * <p>A chunk is made by whoever needs it first, goes back when its last number has been taken, and is used again, so that a table
 * that has seen its depth allocates no more. All numbers in use lie within {@code capacity} of the lowest one not yet taken; the
 * caller sees to that. Any thread may put; numbers are taken by one thread at a time and in order. Slots are set by
 * release and read by acquire.
 */
final class SlotTable {
    private static final int CHUNK_SHIFT = 8;
    private static final int CHUNK = 1 << CHUNK_SHIFT;
    private static final VarHandle SLOT = MethodHandles.arrayElementVarHandle(PadataJob[].class);
    private static final VarHandle CHUNKS = MethodHandles.arrayElementVarHandle(PadataJob[][].class);
    private final PadataJob[][] chunks;
    private final int mask;
    /** Empty chunks to use again, and their number; guarded by this list, which is needed once in {@value #CHUNK} numbers. */
    private final PadataJob[][] spares;

    private int spareCount;

    /** A table whose numbers in use never spread over more than {@code capacity}. */
    SlotTable(int capacity) {
        // One more than the window has: its first and its last chunk are in use in part.
        int needed = ((capacity + CHUNK - 1) >> CHUNK_SHIFT) + 1;
        int length = Integer.highestOneBit(needed - 1) << 1;
        chunks = new PadataJob[length][];
        spares = new PadataJob[length][];
        mask = length - 1;
    }

    /** What a slot holds, or null. */
    PadataJob get(long number) {
        PadataJob[] chunk = (PadataJob[]) CHUNKS.getAcquire(chunks, index(number));
        return chunk == null ? null : (PadataJob) SLOT.getAcquire(chunk, offset(number));
    }

    /** Puts a job with release. */
    void put(long number, PadataJob job) {
        SLOT.setRelease(chunk(number), offset(number), job);
    }

    /** Empties a slot and keeps its chunk. */
    void clear(long number) {
        SLOT.setRelease((PadataJob[]) CHUNKS.getAcquire(chunks, index(number)), offset(number), null);
    }

    /** Empties the lowest slot in use, and with the last one of a chunk gives the chunk back. */
    void take(long number) {
        PadataJob[] chunk = (PadataJob[]) CHUNKS.getAcquire(chunks, index(number));
        int offset = offset(number);
        // Whoever uses the slot next has learnt of it through the window, which moves after this.
        SLOT.setOpaque(chunk, offset, null);
        if (offset == CHUNK - 1) {
            CHUNKS.setRelease(chunks, index(number), null);
            keep(chunk);
        }
    }

    private PadataJob[] chunk(long number) {
        int index = index(number);
        PadataJob[] chunk = (PadataJob[]) CHUNKS.getAcquire(chunks, index);
        return chunk != null ? chunk : newChunk(index);
    }

    private PadataJob[] newChunk(int index) {
        PadataJob[] made = spare();
        PadataJob[] other = (PadataJob[]) CHUNKS.compareAndExchange(chunks, index, null, made);
        if (other == null) {
            return made;
        }
        keep(made);
        return other;
    }

    private void keep(PadataJob[] chunk) {
        synchronized (spares) {
            // Those in use and these are never more than there are places, but for two that were made for one place.
            if (spareCount < spares.length) {
                spares[spareCount++] = chunk;
            }
        }
    }

    private PadataJob[] spare() {
        synchronized (spares) {
            return spareCount == 0 ? new PadataJob[CHUNK] : spares[--spareCount];
        }
    }

    private int index(long number) {
        return (int) (number >> CHUNK_SHIFT) & mask;
    }

    private static int offset(long number) {
        return (int) number & (CHUNK - 1);
    }
}
