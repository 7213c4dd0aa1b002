package io.rxsim.core.virtual;

import io.rxsim.core.run.ArrivalSource;
import io.rxsim.core.run.ClientHost;
import io.rxsim.core.run.MirroredClients;
import org.HdrHistogram.Histogram;

/** One workload of a run: the range of flows that are its own, its clients if it has any, and what was measured of it. */
final class LoadPart {
    final String name;
    final int firstFlow;
    final int responseBytes;
    /** Whether its packets wait for answers. */
    final boolean closed;
    /** Null for an open loop and for a mirrored client host. */
    final ClientHost clients;

    /** Response times of an open loop, transaction times of a closed one; null without a list of workloads. */
    final Histogram latency;

    private final long expectedIntervalNs;

    long packets;
    long delivered;
    long dropped;

    LoadPart(String name, int firstFlow, int responseBytes, ArrivalSource source, Histogram latency) {
        this.name = name;
        this.firstFlow = firstFlow;
        this.responseBytes = responseBytes;
        this.clients = source instanceof ClientHost itsClients ? itsClients : null;
        MirroredClients mirrored = source instanceof MirroredClients itsMirror ? itsMirror : null;
        closed = clients != null || mirrored != null;
        expectedIntervalNs =
                clients != null ? clients.expectedIntervalNs() : mirrored != null ? mirrored.expectedIntervalNs() : 0;
        this.latency = latency;
    }

    /** Transaction times corrected for the interval that the clients state, or null. */
    Histogram corrected(Histogram transactions) {
        return expectedIntervalNs == 0 ? null : transactions.copyCorrectedForCoordinatedOmission(expectedIntervalNs);
    }
}
