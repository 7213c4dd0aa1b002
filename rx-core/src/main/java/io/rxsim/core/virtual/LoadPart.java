package io.rxsim.core.virtual;

import io.rxsim.core.run.ArrivalSource;
import io.rxsim.core.run.ClientHost;
import io.rxsim.core.run.MirroredClients;
import io.rxsim.core.run.StreamClientHost;
import io.rxsim.core.softnet.ReceiveWindow;
import org.HdrHistogram.Histogram;

/** One workload of a run: the range of flows that are its own, its clients if it has any, and what was measured of it. */
final class LoadPart {
    final String name;
    final int firstFlow;
    final int responseBytes;
    /** Whether what it sends depends on the host. */
    final boolean closed;
    /** Whether its packets are requests that wait for answers. */
    final boolean transactional;
    /** Null for an open loop and for a mirrored client host. */
    final ClientHost clients;
    /** The same where they send streams, otherwise null. */
    final StreamClientHost stream;

    /** Transaction times where requests wait for answers, otherwise response times; null without a list of workloads. */
    final Histogram latency;

    private final long expectedIntervalNs;

    /** What sockets of streams advertise; null without any. */
    ReceiveWindow window;

    /** Payload of streams that applications received while measured. */
    long streamBytes;

    long packets;
    long delivered;
    long dropped;

    LoadPart(String name, int firstFlow, int responseBytes, ArrivalSource source, Histogram latency) {
        this.name = name;
        this.firstFlow = firstFlow;
        this.responseBytes = responseBytes;
        this.clients = source instanceof ClientHost itsClients ? itsClients : null;
        MirroredClients mirrored = source instanceof MirroredClients itsMirror ? itsMirror : null;
        this.stream = source instanceof StreamClientHost itsStream ? itsStream : null;
        closed = clients != null || mirrored != null;
        transactional = closed && stream == null;
        expectedIntervalNs =
                clients != null ? clients.expectedIntervalNs() : mirrored != null ? mirrored.expectedIntervalNs() : 0;
        this.latency = latency;
    }

    /** Transaction times corrected for the interval that the clients state, or null. */
    Histogram corrected(Histogram transactions) {
        return expectedIntervalNs == 0 ? null : transactions.copyCorrectedForCoordinatedOmission(expectedIntervalNs);
    }
}
