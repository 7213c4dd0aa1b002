package io.rxsim.bench.jmh.padata;

/**
 * Something that runs jobs on two threads and takes their results in order. One caller, which is one of the two, as in padata
 * (not {@code apart}), the stream, which has its caller sleep instead, and the two bounds; or is a third, as with futures; or a
 * fourth, as with the Disruptor, whose results are taken by a thread of their own.
 *
 * <p>A batch may leave jobs behind that are still under way, so that its time is that of a steady stream; the next batch waits
 * for room.
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
