package io.rxsim.core.live;

import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import org.HdrHistogram.Histogram;

/**
 * Packets per second through a {@link Chain}, seen at its end. The producer takes the flows in turn, reads the clock and announces
 * once per 16 packets in both chains, and keeps {@link Chain#WINDOW} packets inside.
 */
public final class LiveThroughput {
    /** Ends the name of a chain whose stages take turns on the producer's thread: what a packet costs, without what threads cost. */
    public static final String ONE_THREAD = "-one-thread";

    /** What can be measured: the bare chain, and the host with these policies. */
    public static final List<String> CHAINS =
            List.of("bare", "none", "rps", "rfs", "bare" + ONE_THREAD, "rfs" + ONE_THREAD);

    private static final int GROUP = 16;
    private static final int SCALE = 1000;

    private final Chain chain;
    private final int[] sequences = new int[Chain.FLOWS];
    private int flow;
    private long sent;

    private LiveThroughput(Chain chain) {
        this.chain = chain;
    }

    /** Nanoseconds per 1000 packets, one value per window, and bytes allocated per packet by all threads but this one. */
    public record Result(Histogram perThousandNs, double bytesPerPacket) {}

    /**
     * Measures a chain.
     *
     * @param name {@code bare}, or a policy for the engine
     * @param warmUpNs how long to run before
     * @param windows how many values
     * @param windowNs how long each
     */
    public static Result measure(String name, long warmUpNs, int windows, long windowNs) {
        try (Chain chain = open(name)) {
            LiveThroughput throughput = new LiveThroughput(chain);
            throughput.run(warmUpNs);
            Histogram values = new Histogram(3);
            long packets = 0;
            long bytes = allocatedByOthers();
            for (int i = 0; i < windows; i++) {
                long before = chain.delivered();
                long sinceNs = System.nanoTime();
                throughput.run(windowNs);
                long count = chain.delivered() - before;
                packets += count;
                values.recordValue((System.nanoTime() - sinceNs) * SCALE / Math.max(1, count));
            }
            bytes = allocatedByOthers() - bytes;
            return new Result(values, (double) bytes / packets);
        }
    }

    private static Chain open(String name) {
        boolean oneThread = name.endsWith(ONE_THREAD);
        String what = oneThread ? name.substring(0, name.length() - ONE_THREAD.length()) : name;
        EngineChain engine = new EngineChain(what.equals("bare") ? "rfs" : what, LiveWait.YIELD, oneThread);
        if (!what.equals("bare")) {
            return engine;
        }
        engine.close();
        return oneThread
                ? new BareOneThread(engine.backlogSlots(), engine.socketSlots())
                : new BareChain(engine.backlogSlots(), engine.socketSlots());
    }

    @SuppressWarnings("ThreadPriorityCheck") // The producer yields as the other threads do.
    private void run(long nanos) {
        long endNs = System.nanoTime() + nanos;
        long nowNs = System.nanoTime();
        while (nowNs - endNs < 0) {
            while (sent - chain.delivered() > Chain.WINDOW - GROUP) {
                Thread.yield();
            }
            nowNs = System.nanoTime();
            for (int i = 0; i < GROUP; i++) {
                chain.send(flow, sequences[flow]++, nowNs);
                flow = flow + 1 == Chain.FLOWS ? 0 : flow + 1;
            }
            sent += GROUP;
            chain.flush();
            chain.work();
        }
    }

    private static long allocatedByOthers() {
        com.sun.management.ThreadMXBean threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long[] ids = Arrays.stream(threads.getAllThreadIds())
                .filter(id -> id != Thread.currentThread().getId())
                .toArray();
        return Arrays.stream(threads.getThreadAllocatedBytes(ids))
                .filter(bytes -> bytes > 0)
                .sum();
    }

    static void join(Thread thread) {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
