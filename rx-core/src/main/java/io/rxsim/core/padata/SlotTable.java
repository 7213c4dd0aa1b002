package io.rxsim.core.padata;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * References by number, for a window of numbers that moves upwards: a ring of chunks of which only those in use exist.
 *
 * <p>A chunk is made by whoever needs it first, goes back when its last number has been taken, and is used again, so that a table
 * that has seen its depth allocates no more. All numbers in use lie within {@code capacity} of the lowest one not yet taken; the
 * caller sees to that. Any thread may put; numbers are taken by one thread at a time and in order. Slots are set by exchange,
 * compare-and-set or release and read by acquire.
 */
final class SlotTable {
    private static final int CHUNK_SHIFT = 8;
    private static final int CHUNK = 1 << CHUNK_SHIFT;
    private static final VarHandle SLOT = MethodHandles.arrayElementVarHandle(Object[].class);
    private static final VarHandle CHUNKS = MethodHandles.arrayElementVarHandle(Object[][].class);
    private static final VarHandle SPARE;

    static {
        try {
            SPARE = MethodHandles.lookup().findVarHandle(SlotTable.class, "spare", Object[].class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final Object[][] chunks;
    private final int mask;
    /** An empty chunk to use again, or null. */
    Object[] spare;

    /** A table whose numbers in use never spread over more than {@code capacity}. */
    SlotTable(int capacity) {
        // One more than the window has: its first and its last chunk are in use in part.
        int needed = ((capacity + CHUNK - 1) >> CHUNK_SHIFT) + 1;
        int length = Integer.highestOneBit(needed - 1) << 1;
        chunks = new Object[length][];
        mask = length - 1;
    }

    /** What a slot holds, or null. */
    Object get(long number) {
        Object[] chunk = (Object[]) CHUNKS.getAcquire(chunks, index(number));
        return chunk == null ? null : SLOT.getAcquire(chunk, offset(number));
    }

    /** Puts a value; what was there before. A full fence. */
    Object exchange(long number, Object value) {
        return SLOT.getAndSet(chunk(number), offset(number), value);
    }

    /** Puts a value with release. */
    void put(long number, Object value) {
        SLOT.setRelease(chunk(number), offset(number), value);
    }

    /** Puts a value if the slot is empty. */
    boolean putIfEmpty(long number, Object value) {
        return SLOT.compareAndSet(chunk(number), offset(number), null, value);
    }

    /** Empties a slot and keeps its chunk. */
    void clear(long number) {
        SLOT.setRelease((Object[]) CHUNKS.getAcquire(chunks, index(number)), offset(number), null);
    }

    /** Empties the lowest slot in use, and with the last one of a chunk gives the chunk back. */
    void take(long number) {
        Object[] chunk = (Object[]) CHUNKS.getAcquire(chunks, index(number));
        int offset = offset(number);
        // Whoever uses the slot next has learnt of it through the window, which moves after this.
        SLOT.setOpaque(chunk, offset, null);
        if (offset == CHUNK - 1) {
            CHUNKS.setRelease(chunks, index(number), null);
            SPARE.setRelease(this, chunk);
        }
    }

    private Object[] chunk(long number) {
        int index = index(number);
        Object[] chunk = (Object[]) CHUNKS.getAcquire(chunks, index);
        return chunk != null ? chunk : newChunk(index);
    }

    private Object[] newChunk(int index) {
        Object[] made = (Object[]) SPARE.getAndSet(this, null);
        if (made == null) {
            made = new Object[CHUNK];
        }
        Object[] other = (Object[]) CHUNKS.compareAndExchange(chunks, index, null, made);
        if (other == null) {
            return made;
        }
        SPARE.setRelease(this, made);
        return other;
    }

    private int index(long number) {
        return (int) (number >> CHUNK_SHIFT) & mask;
    }

    private static int offset(long number) {
        return (int) number & (CHUNK - 1);
    }
}
