package io.rxsim.core.virtual;

import io.rxsim.bench.jmh.Batch;
import io.rxsim.bench.jmh.Look;
import io.rxsim.core.run.Arrival;
import java.util.ArrayDeque;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * The backlog of one CPU, per packet: appended to the input queue, spliced to the process queue in batches, taken from there.
 * A deque of boxed numbers, emptied packet by packet, is beside it. In this package because the queues are package-private.
 * Expected: no allocation by the backlog.
 */
@Look({"spliced=1", "spliced=100"})
@State(Scope.Thread)
public class BacklogBenchmark {
    /** Packets of one splice: a divisor of the batch. */
    @Param({"1", "8", "100"})
    public int spliced;

    private final PacketPool pool = new PacketPool();
    private final Backlog backlog = new Backlog(pool);
    private final ArrayDeque<Integer> deque = new ArrayDeque<>();
    private final int[] packets = new int[Batch.SIZE];

    /** Takes packets into the host. */
    @Setup
    public void admit() {
        for (int i = 0; i < packets.length; i++) {
            packets[i] = pool.admit(new Arrival(), true);
        }
    }

    /** Through both queues. */
    @Benchmark
    public long backlog() {
        long sum = 0;
        for (int from = 0; from < packets.length; from += spliced) {
            for (int i = from; i < from + spliced; i++) {
                backlog.add(packets[i]);
            }
            backlog.input.spliceTo(backlog.process);
            while (!backlog.process.isEmpty()) {
                sum += backlog.process.remove();
            }
        }
        return sum;
    }

    /** Through a deque. */
    @Benchmark
    public long arrayDeque() {
        long sum = 0;
        for (int from = 0; from < packets.length; from += spliced) {
            for (int i = from; i < from + spliced; i++) {
                deque.add(packets[i]);
            }
            while (!deque.isEmpty()) {
                sum += deque.remove();
            }
        }
        return sum;
    }
}
