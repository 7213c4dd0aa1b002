package io.rxsim.bench.jmh.padata;

import io.rxsim.bench.jmh.Batch;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Jobs worked on by two threads whose results are taken in order: padata of both kernels, without its reorder step, and what else Java
 * offers; between one thread, and two that need nothing of each other. An operation is a job of a steady stream.
 * Expected: padata itself allocates nothing; the JDK's cipher does.
 */
@State(Scope.Benchmark)
public class PadataBenchmark {
    /** What a job does. */
    @Param({"empty", "aes-gcm-1400"})
    public String work;

    /** Who does it. */
    @Param({
        "serial",
        "no-hand-off",
        "padata-2.6.35",
        "padata-6.18",
        "unordered-2.6.35",
        "unordered-6.18",
        "futures",
        "stream",
        "disruptor-blocking",
        "disruptor-yielding",
        "disruptor-sleeping"
    })
    public String stage;

    private OrderedStage running;

    /** Starts the threads. */
    @Setup
    public void start() {
        running = Stages.of(stage, JobWork.of(work));
    }

    /** A batch of the stream. */
    @Benchmark
    public long batch() {
        running.batch(Batch.SIZE);
        return running.taken();
    }

    /** Ends the threads; fails if a job was lost or out of order. */
    @TearDown
    public void stop() {
        running.close();
    }
}
