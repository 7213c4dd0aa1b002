package io.rxsim.bench.verify.kernel;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Sends and receives on behalf of a schedule, call after call: none begins before the one before it has returned. One thread.
 */
final class TestTraffic {
    /** A flow number for what holds a backlog up: datagrams to a group of sockets. */
    static final int BLOCKER = 1 << 16;

    private static final int GROUP_PORT = 9;
    private static final int PATIENCE_MS = 2000;
    private static final int TX_PORT = 20_000;
    private static final int RX_PORT = 40_000;
    private static final long PAUSE_NS = TimeUnit.MICROSECONDS.toNanos(300);

    private final Peer sender;
    private final Peer receiver;
    private final List<Integer> cpus;
    private final int groupSockets;
    private int firstPort;
    private boolean groupJoined;

    /** Traffic between two peers, whose threads are pinned to these CPUs. */
    TestTraffic(Peer sender, Peer receiver, List<Integer> cpus, int groupSockets) {
        this.sender = sender;
        this.receiver = receiver;
        this.cpus = cpus;
        this.groupSockets = groupSockets;
    }

    /** Number of CPUs. */
    int cpus() {
        return cpus.size();
    }

    /** Opens flows 0 to {@code count - 1}. */
    void open(Configuration.Transport transport, int count) {
        boolean v6 = transport == Configuration.Transport.UDP6;
        String tx = v6 ? VethPair.TX_ADDRESS_6 : VethPair.TX_ADDRESS;
        String rx = v6 ? VethPair.RX_ADDRESS_6 : VethPair.RX_ADDRESS;
        if (transport == Configuration.Transport.TCP) {
            receiver.call(0, "listen " + rx + " " + (RX_PORT + firstPort));
            for (int flow = 0; flow < count; flow++) {
                String ends = tx + " " + (TX_PORT + firstPort + flow) + " " + rx + " " + (RX_PORT + firstPort);
                sender.call(flow % cpus(), "connect " + flow + " " + ends);
                receiver.call((flow + 1) % cpus(), "accept " + flow);
            }
        } else {
            for (int flow = 0; flow < count; flow++) {
                String txEnd = tx + " " + (TX_PORT + firstPort + flow);
                String rxEnd = rx + " " + (RX_PORT + firstPort + flow);
                receiver.call(0, "udp " + flow + " " + rxEnd + " " + txEnd);
                sender.call(0, "udp " + flow + " " + txEnd + " " + rxEnd);
            }
        }
        firstPort += count;
    }

    /** Closes all sockets. */
    void close() {
        sender.call(0, "close");
        receiver.call(0, "close");
    }

    /** Sends packets of a flow from a CPU. */
    void send(int flow, int cpu, int packets) {
        sender.call(cpu, "send " + flow + " " + packets);
    }

    /** Waits, without a call that records, until a flow's socket has something. */
    void await(int flow) {
        receiver.call(cpus() - 1, "wait " + flow + " " + PATIENCE_MS);
        pause();
    }

    /** One packet, and time for its poll to return. */
    void packet(int flow, int cpu) {
        send(flow, cpu, 1);
        pause();
    }

    /** The application of a flow calls recv on a CPU, until its socket is empty. */
    void recv(int flow, int cpu) {
        receiver.call(cpu, "recv " + flow);
    }

    /** The application of a flow calls recv on a CPU until something has come. */
    void catchData(int flow, int cpu) {
        receiver.call(cpu, "catch " + flow + " " + PATIENCE_MS);
    }

    /** Moves the receiver's first thread to a CPU, as a scheduler does; later calls on CPU 0 are made there. */
    void moveFirstReceiver(int cpu) {
        receiver.pin(0, cpus.get(cpu));
    }

    /** Sockets that hold a backlog up when it delivers a datagram to all of them. Before the first {@link #block}. */
    void joinGroup() {
        String group = VethPair.GROUP + " " + GROUP_PORT;
        if (!groupJoined) {
            receiver.call(0, "group " + groupSockets + " " + group + " " + VethPair.RX_DEVICE);
            groupJoined = true;
        }
        sender.call(0, "udp " + BLOCKER + " " + VethPair.TX_ADDRESS + " " + GROUP_PORT + " " + group);
    }

    /** Sends datagrams to the group from a CPU: the CPU they are steered to is busy for some 0.3 ms with each. */
    void block(int cpu, int datagrams) {
        send(BLOCKER, cpu, datagrams);
    }

    /** Lets what is under way come to its end. */
    void pause() {
        pause(PAUSE_NS);
    }

    /** Waits for a time in nanoseconds. */
    void pause(long ns) {
        long end = System.nanoTime() + ns;
        for (long left = ns; left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }
}
