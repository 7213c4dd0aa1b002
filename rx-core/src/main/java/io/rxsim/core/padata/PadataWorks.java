package io.rxsim.core.padata;

import java.util.concurrent.atomic.AtomicLong;

/**
 * The work items of a 6.18 machine ({@code padata_works}): as many as there are possible CPUs, shared by all instances. A job that
 * gets none is worked on by its submitter.
 *
 * <p>Source: kernel/padata.c {@code padata_init}, {@code padata_work_alloc}, {@code padata_work_free}, 6.18. Deviation: items that
 * say for themselves whether they are free, instead of a list under a global lock. Any thread.
 */
public final class PadataWorks {
    private final WorkItem[] items;
    /** Where to look first: behind the item taken last, which is the one that has been busy for longest. A hint. */
    private int hint;

    private final AtomicLong inline = new AtomicLong();

    /** The items of a machine. */
    public PadataWorks(int nrCpuIds) {
        items = new WorkItem[nrCpuIds];
        for (int i = 0; i < nrCpuIds; i++) {
            items[i] = new WorkItem();
        }
    }

    /** A free item, which holds the job now, or null. */
    WorkItem take(PadataJob job) {
        int at = hint;
        for (int i = 0; i < items.length; i++) {
            WorkItem item = items[at];
            at = at + 1 == items.length ? 0 : at + 1;
            if (item.take(job)) {
                hint = at;
                return item;
            }
        }
        inline.incrementAndGet();
        return null;
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
        for (WorkItem item : items) {
            count += item.isFree() ? 1 : 0;
        }
        return count;
    }
}
