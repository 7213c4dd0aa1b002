package io.rxsim.core.padata;

/** The reorder step of a control block, as a driver sees it that does it later ({@link PadataWorkqueue#postpone}). */
public interface Reordering {
    /**
     * {@code padata_reorder}: hands on the jobs that are finished and in order, to the serial works of their callback CPUs. Any
     * thread; returns at once if another one is at it.
     */
    void reorder();
}
