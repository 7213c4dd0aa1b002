package io.rxsim.bench.jmh.padata;

/**
 * Something that runs jobs on two threads and takes their results in order. One caller.
 *
 * <p>A batch may leave jobs behind that are still under way, so that its time is that of a steady stream; the next batch waits for room.
 */
interface OrderedStage extends AutoCloseable {
    /** Threads that work in parallel. */
    int WORKERS = 2;

    /** Gives it {@code jobs} jobs. */
    void batch(int jobs);

    /** Results taken so far; exact after {@link #close}. */
    long taken();

    /** Waits for the rest and ends the threads. */
    @Override
    void close();
}
