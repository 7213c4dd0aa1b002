package io.rxsim.bench.report;

import io.rxsim.core.run.FlowResults;
import java.util.PriorityQueue;

/**
 * The flows of a run with most packets, most first, equals by number: all that a report lists. Copied, so that the state of a
 * run with a million flows can go before the next run begins.
 */
public final class TopFlows implements FlowResults {
    private final int size;
    private final long closed;
    private final String[] names;
    private final int[] delivered;
    private final int[] dropped;
    private final int[] outOfOrder;
    private final int[] applicationCpu;
    private final int[] lastCpu;

    /** The {@code limit} flows with most packets. */
    public TopFlows(FlowResults all, int limit) {
        int[] top = top(all, limit);
        size = all.size();
        closed = all.closed();
        names = new String[top.length];
        delivered = new int[top.length];
        dropped = new int[top.length];
        outOfOrder = new int[top.length];
        applicationCpu = new int[top.length];
        lastCpu = new int[top.length];
        for (int i = 0; i < top.length; i++) {
            names[i] = all.describe(top[i]);
            delivered[i] = all.delivered(top[i]);
            dropped[i] = all.dropped(top[i]);
            outOfOrder[i] = all.outOfOrder(top[i]);
            applicationCpu[i] = all.applicationCpu(top[i]);
            lastCpu[i] = all.lastCpu(top[i]);
        }
    }

    private static int[] top(FlowResults all, int limit) {
        PriorityQueue<long[]> smallestFirst =
                new PriorityQueue<>((a, b) -> a[0] != b[0] ? Long.compare(a[0], b[0]) : Long.compare(b[1], a[1]));
        for (int flow = 0; flow < all.listed(); flow++) {
            long packets = (long) all.delivered(flow) + all.dropped(flow);
            if (smallestFirst.size() == limit) {
                if (packets <= smallestFirst.peek()[0]) {
                    continue;
                }
                smallestFirst.poll();
            }
            smallestFirst.add(new long[] {packets, flow});
        }
        int[] top = new int[smallestFirst.size()];
        for (int i = top.length - 1; i >= 0; i--) {
            top[i] = (int) smallestFirst.poll()[1];
        }
        return top;
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public int listed() {
        return names.length;
    }

    @Override
    public String describe(int flow) {
        return names[flow];
    }

    @Override
    public int delivered(int flow) {
        return delivered[flow];
    }

    @Override
    public int dropped(int flow) {
        return dropped[flow];
    }

    @Override
    public int outOfOrder(int flow) {
        return outOfOrder[flow];
    }

    @Override
    public int applicationCpu(int flow) {
        return applicationCpu[flow];
    }

    @Override
    public int lastCpu(int flow) {
        return lastCpu[flow];
    }

    @Override
    public long closed() {
        return closed;
    }
}
