package io.rxsim.core.padata;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * The work items of a 6.18 machine ({@code padata_works}): as many as there are possible CPUs, shared by all instances. A job that
 * gets none is worked on by its submitter.
 *
 * <p>Source: kernel/padata.c {@code padata_init}, {@code padata_work_alloc}, {@code padata_work_free}, 6.18. Deviation: a set of bits
 * instead of a list under a global lock. Any thread.
 */
public final class PadataWorks {
    private final WorkItem[] items;
    /** A bit per free item, 64 to a word. */
    private final AtomicLongArray free;

    private final AtomicLong inline = new AtomicLong();

    /** The items of a machine. */
    public PadataWorks(int nrCpuIds) {
        items = new WorkItem[nrCpuIds];
        free = new AtomicLongArray((nrCpuIds + 63) / 64);
        for (int i = 0; i < nrCpuIds; i++) {
            items[i] = new WorkItem(this, i);
            free.set(i / 64, free.get(i / 64) | 1L << i);
        }
    }

    /** A free item, or null. */
    WorkItem take() {
        for (int word = 0; word < free.length(); word++) {
            long bits = free.get(word);
            while (bits != 0) {
                int bit = Long.numberOfTrailingZeros(bits);
                if (free.compareAndSet(word, bits, bits & ~(1L << bit))) {
                    return items[word * 64 + bit];
                }
                bits = free.get(word);
            }
        }
        return null;
    }

    void give(int index) {
        long bit = 1L << index;
        long bits = free.get(index / 64);
        while (!free.compareAndSet(index / 64, bits, bits | bit)) {
            bits = free.get(index / 64);
        }
    }

    void onInline() {
        inline.incrementAndGet();
    }

    /** Jobs that found no free item, of all instances. */
    public long inline() {
        return inline.get();
    }

    /** nr_cpu_ids of the machine. */
    public int nrCpuIds() {
        return items.length;
    }

    /** Items not in use. */
    public int free() {
        int count = 0;
        for (int word = 0; word < free.length(); word++) {
            count += Long.bitCount(free.get(word));
        }
        return count;
    }
}
