package io.rxsim.core.virtual;

import io.rxsim.core.run.RxObserver;
import io.rxsim.core.softnet.DropReason;
import io.rxsim.core.steer.Decision;
import java.util.ArrayList;
import java.util.List;

/** Writes down what an engine tells, one line per event: {@code time what flow/sequence detail}. */
final class Trace implements RxObserver {
    final List<String> lines = new ArrayList<>();

    /** The lines of one kind of event. */
    List<String> of(String what) {
        return lines.stream().filter(line -> line.contains(" " + what + " ")).toList();
    }

    private void add(long nowNs, String what, int flow, int sequence, String detail) {
        lines.add(nowNs + " " + what + " " + flow + "/" + sequence + " " + detail);
    }

    @Override
    public void onArrived(long nowNs, int flow, int sequence, int rxQueue) {
        add(nowNs, "arrived", flow, sequence, "queue " + rxQueue);
    }

    @Override
    public void onSteered(long nowNs, int flow, int sequence, int cpu, long decision) {
        add(nowNs, "steered", flow, sequence, "by " + cpu + " to " + Decision.cpu(decision));
    }

    @Override
    public void onEnqueued(long nowNs, int flow, int sequence, int cpu, int qtail) {
        add(nowNs, "enqueued", flow, sequence, "cpu " + cpu + " tail " + qtail);
    }

    @Override
    public void onDropped(long nowNs, int flow, int sequence, int cpu, DropReason reason) {
        add(nowNs, "dropped", flow, sequence, "cpu " + cpu + " " + reason.label());
    }

    @Override
    public void onProcessed(long nowNs, int flow, int sequence, int cpu) {
        add(nowNs, "processed", flow, sequence, "cpu " + cpu);
    }

    @Override
    public void onConsumed(long nowNs, int flow, int sequence, int cpu) {
        add(nowNs, "consumed", flow, sequence, "cpu " + cpu);
    }
}
