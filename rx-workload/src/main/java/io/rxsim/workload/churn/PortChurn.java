package io.rxsim.workload.churn;

import io.rxsim.core.kernel.Errno;
import io.rxsim.core.packet.IpAddress;
import io.rxsim.core.port.Destinations;
import io.rxsim.core.port.PortSet;
import io.rxsim.core.port.PortSettings;
import io.rxsim.core.port.SocketOptions;
import io.rxsim.core.port.TcpPorts;
import io.rxsim.core.run.RandomStreams;
import io.rxsim.core.run.StopSignal;
import io.rxsim.workload.random.Exponential;
import io.rxsim.workload.spec.Rate;
import java.util.EnumMap;
import java.util.Map;
import org.HdrHistogram.Histogram;

/**
 * Outgoing connections at a rate, to many destinations, each for a while: what ports they are given and when none is left.
 * Connects come at random (Poisson), destinations in turn, lifetimes are exponential. One thread.
 *
 * <p>Memory: that of {@link TcpPorts} for the most connections that are open or in TIME_WAIT at once, 12 bytes per open one, and
 * 2 MB.
 */
public final class PortChurn {
    /** Most connections open or in TIME_WAIT at once; connects beyond it fail with EMFILE. */
    public static final int MAX_SOCKETS = 1 << 22;

    private static final int STOP_MASK = 0xffff;
    private static final long SAMPLE_NS = 1_000_000_000;
    private static final int REMOTE_PORT = 80;
    private static final int FIRST_REMOTE = 198 << 24 | 18 << 16;
    private static final IpAddress LOCAL = IpAddress.parse("10.0.0.1");

    private final Load load;
    private final TcpPorts tcp;
    private final CloseTimes closes = new CloseTimes();
    private final Exponential gaps;
    private final Exponential lifetimes;
    private final int[] destinations;
    private final long[] uses = new long[PortSet.PORTS];
    private final long[] lastUse = new long[PortSet.PORTS];
    private final long[] blocked = new long[PortSet.PORTS];
    private final Histogram reuseDistance = new Histogram(3);
    private final Histogram portsTried = new Histogram(3);
    private final Map<Errno, Long> failed = new EnumMap<>(Errno.class);

    private long connects;
    private long collisions;
    private long firstFailureNs = -1;
    private long samples;
    private int mostOpen;
    private int mostTimeWaits;
    private long nowNs;

    /**
     * What comes.
     *
     * @param rate of connects
     * @param destinations over which they are spread, 1 to 65536
     * @param lifetimeNs mean time between connect and close; 0 closes at once
     * @param end how connections end
     * @param services ports that others need
     */
    public record Load(Rate rate, int destinations, long lifetimeNs, TcpPorts.End end, PortSet services) {
        /** Validates. */
        public Load {
            if (destinations < 1 || destinations > 65_536) {
                throw new IllegalArgumentException("destinations=" + destinations + ", allowed is 1 to 65536");
            }
        }
    }

    /** A churn from virtual time 0 on. */
    public PortChurn(PortSettings settings, Load load, long seed) {
        this.load = load;
        tcp = new TcpPorts(settings, seed, MAX_SOCKETS);
        gaps = Exponential.ofRate(load.rate(), RandomStreams.stream(seed, "churn/gaps"));
        lifetimes = load.lifetimeNs() == 0
                ? null
                : Exponential.ofMeanNs(load.lifetimeNs(), RandomStreams.stream(seed, "churn/lifetimes"));
        destinations = new int[load.destinations()];
        for (int i = 0; i < destinations.length; i++) {
            destinations[i] = tcp.destinations()
                    .of(new Destinations.Destination(LOCAL, IpAddress.ofIpv4(FIRST_REMOTE + i), REMOTE_PORT));
        }
    }

    /**
     * Runs until a virtual time, or until asked to stop.
     *
     * @return what was seen up to then
     */
    public ChurnResult run(long untilNs, StopSignal stop) {
        long connectNs = gaps.nextNs();
        long sampleNs = SAMPLE_NS;
        int destination = 0;
        long count = 0;
        while (connectNs < untilNs && ((++count & STOP_MASK) != 0 || !stop.stopRequested())) {
            if (sampleNs <= connectNs) {
                closeUntil(sampleNs);
                sample(sampleNs);
                sampleNs += SAMPLE_NS;
                continue;
            }
            closeUntil(connectNs);
            connect(destinations[destination], connectNs);
            destination = destination + 1 == destinations.length ? 0 : destination + 1;
            nowNs = connectNs;
            connectNs += gaps.nextNs();
        }
        return result();
    }

    private void closeUntil(long untilNs) {
        while (closes.nextNs() <= untilNs) {
            final long atNs = closes.nextNs();
            tcp.close(closes.take(), load.end(), atNs);
        }
    }

    private void connect(int to, long atNs) {
        connects++;
        final int socket = tcp.open(SocketOptions.DEFAULT);
        final int port = socket < 0 ? socket : tcp.connect(socket, to, atNs);
        if (port < 0) {
            failed.merge(Errno.of(port), 1L, Long::sum);
            firstFailureNs = firstFailureNs < 0 ? atNs : firstFailureNs;
            if (socket >= 0) {
                tcp.close(socket, TcpPorts.End.RESET, atNs);
            }
            return;
        }
        portsTried.recordValue(tcp.lastTried());
        if (uses[port]++ > 0) {
            reuseDistance.recordValue(connects - lastUse[port]);
        }
        lastUse[port] = connects;
        collisions += load.services().contains(port) ? 1 : 0;
        closes.add(socket, atNs + (lifetimes == null ? 0 : lifetimes.nextNs()));
        mostOpen = Math.max(mostOpen, tcp.openSockets());
        mostTimeWaits = Math.max(mostTimeWaits, tcp.timeWaits());
    }

    /** Would the services get their ports if they started now? */
    private void sample(long atNs) {
        tcp.expire(atNs);
        samples++;
        final PortSet services = load.services();
        for (int port = services.next(0); port >= 0; port = services.next(port + 1)) {
            blocked[port] += tcp.isOwned(port) ? 1 : 0;
        }
    }

    private ChurnResult result() {
        return new ChurnResult(
                new ChurnResult.Counts(nowNs, connects, new EnumMap<>(failed), firstFailureNs, collisions),
                new ChurnResult.Peaks(
                        mostOpen, mostTimeWaits, tcp.timeWaitReuses(), tcp.timeWaitOverflows(), memoryBytes()),
                uses,
                blocked,
                samples,
                reuseDistance,
                portsTried);
    }

    private long memoryBytes() {
        return tcp.memoryBytes() + closes.bytes() + 3L * Long.BYTES * PortSet.PORTS;
    }
}
