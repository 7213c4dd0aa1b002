package io.rxsim.core.virtual;

import io.rxsim.core.table.IntColumn;

/** Packets per flow, column by column; a connection that takes over a flow's number adds to its counts. One thread. */
final class FlowCounts {
    private static final int NO_CPU = -1;

    private final IntColumn delivered = new IntColumn(0);
    private final IntColumn dropped = new IntColumn(0);
    private final IntColumn outOfOrder = new IntColumn(0);
    private final IntColumn lastCpu = new IntColumn(NO_CPU);
    private int flows;

    void onArrived(int flow) {
        if (flow >= flows) {
            flows = flow + 1;
        }
    }

    void onDelivered(int flow) {
        delivered.increment(flow);
    }

    void onDropped(int flow) {
        dropped.increment(flow);
    }

    void onOutOfOrder(int flow) {
        outOfOrder.increment(flow);
    }

    void onProcessed(int flow, int cpu) {
        lastCpu.set(flow, cpu);
    }

    int flows() {
        return flows;
    }

    int delivered(int flow) {
        return delivered.get(flow);
    }

    int dropped(int flow) {
        return dropped.get(flow);
    }

    int outOfOrder(int flow) {
        return outOfOrder.get(flow);
    }

    int lastCpu(int flow) {
        return lastCpu.get(flow);
    }
}
