package io.rxsim.core.padata;

/**
 * A work item with one job ({@code struct padata_work}, {@code padata_parallel_worker}, 6.18), on an unbound workqueue. It is free
 * again when the job's parallel part has returned.
 */
final class WorkItem extends PadataWork {
    private final PadataWorks works;
    private final int index;
    private PadataJob job;

    WorkItem(PadataWorks works, int index) {
        super(ANY_CPU);
        this.works = works;
        this.index = index;
    }

    /** Its holder's write; queueing the work publishes it. */
    void hold(PadataJob of) {
        job = of;
    }

    @Override
    public boolean isSerial() {
        return false;
    }

    @Override
    void onBegin() {}

    @Override
    public PadataJob next() {
        PadataJob next = job;
        job = null;
        if (next == null) {
            works.give(index);
        }
        return next;
    }
}
