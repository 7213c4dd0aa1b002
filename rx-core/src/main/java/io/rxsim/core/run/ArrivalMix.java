package io.rxsim.core.run;

import io.rxsim.core.xfrm.EspArrival;
import java.util.List;

/**
 * Several workloads on one host: their packets merged in time order, at equal times in the order of the list, their flows
 * numbered one after the other. Allocates nothing per packet. One object per run, one thread.
 */
public final class ArrivalMix implements ArrivalSource {
    /** Most flows of all workloads together: what an event of the engine can name. */
    public static final int MAX_FLOWS = 1 << 23;

    private final List<Part> parts;
    private final int[] firstFlow;
    /** The next packet of each workload, and whether it has one. */
    private final Arrival[] pending;

    private final boolean[] ended;
    private boolean begun;

    /**
     * One workload of the mix.
     *
     * @param name unique in the mix
     * @param source its packets, flows counted from 0
     * @param flows bound of its flow numbers
     * @param responseBytes length on the wire of the answer to every packet with payload; 0 for none
     */
    public record Part(String name, ArrivalSource source, int flows, int responseBytes) {}

    /**
     * A mix of at least one workload.
     *
     * @throws IllegalArgumentException for more than {@link #MAX_FLOWS} flows
     */
    public ArrivalMix(List<Part> parts) {
        this.parts = List.copyOf(parts);
        firstFlow = new int[parts.size()];
        pending = new Arrival[parts.size()];
        ended = new boolean[parts.size()];
        int flows = 0;
        for (int part = 0; part < firstFlow.length; part++) {
            firstFlow[part] = flows;
            flows += parts.get(part).flows();
            if (flows > MAX_FLOWS || flows < 0) {
                throw new IllegalArgumentException(
                        "workload: more than " + MAX_FLOWS + " flows together, allowed is " + MAX_FLOWS);
            }
            pending[part] = new Arrival();
        }
    }

    /** The workloads in order. */
    public List<Part> parts() {
        return parts;
    }

    /** The number in the mix of flow 0 of a workload. */
    public int firstFlow(int part) {
        return firstFlow[part];
    }

    private void pull(int part) {
        ended[part] = !parts.get(part).source().next(pending[part]);
    }

    @Override
    public boolean next(Arrival out) {
        if (!begun) {
            begun = true;
            for (int part = 0; part < pending.length; part++) {
                pull(part);
            }
        }
        int earliest = -1;
        for (int part = 0; part < pending.length; part++) {
            if (!ended[part] && (earliest < 0 || pending[part].timeNs < pending[earliest].timeNs)) {
                earliest = part;
            }
        }
        if (earliest < 0) {
            return false;
        }
        out.copy(pending[earliest]);
        out.flow += firstFlow[earliest];
        if (out.esp) {
            // A workload has no more associations than flows, so that their numbers do not meet.
            out.inside.association += firstFlow[earliest];
            out.inside.innerFlow += out.inside.innerFlow == EspArrival.NOTHING_INSIDE ? 0 : firstFlow[earliest];
        }
        pull(earliest);
        return true;
    }

    @Override
    public String describeFlow(int flow) {
        int part = firstFlow.length - 1;
        while (flow < firstFlow[part]) {
            part--;
        }
        return parts.get(part).source().describeFlow(flow - firstFlow[part]);
    }

    @Override
    public long closedFlows() {
        return parts.stream().mapToLong(part -> part.source().closedFlows()).sum();
    }

    @Override
    public void close() {
        parts.forEach(part -> part.source().close());
    }
}
