package io.rxsim.workload.netty.replay;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A UDP socket per flow on loopback, as long as there are descriptors; further flows share those that are open. A flow stays with its socket,
 * so that its datagrams keep their order. One thread.
 */
final class FlowSockets implements AutoCloseable {
    private final List<DatagramChannel> sockets = new ArrayList<>();
    private final Descriptors descriptors;
    private final int most;
    /** Socket of a flow + 1, or 0. */
    private int[] byFlow = new int[256];

    private long sharing;

    /**
     * Sockets from a budget.
     *
     * @param most opened at once, whatever the budget
     */
    FlowSockets(Descriptors descriptors, int most) {
        this.descriptors = descriptors;
        this.most = most;
    }

    /**
     * Number of the socket of a flow.
     *
     * @throws IOException if not even one can be opened
     */
    int socketOf(int flow) throws IOException {
        if (flow >= byFlow.length) {
            byFlow = Arrays.copyOf(byFlow, Integer.highestOneBit(flow) << 1);
        }
        if (byFlow[flow] == 0) {
            byFlow[flow] = open(flow) + 1;
        }
        return byFlow[flow] - 1;
    }

    private int open(int flow) throws IOException {
        if (sockets.isEmpty() || sockets.size() < most && descriptors.take(1)) {
            try {
                sockets.add(bound());
                return sockets.size() - 1;
            } catch (IOException e) {
                if (sockets.isEmpty()) {
                    throw e;
                }
                descriptors.exhausted();
            }
        }
        sharing++;
        return flow % sockets.size();
    }

    private static DatagramChannel bound() throws IOException {
        DatagramChannel channel = DatagramChannel.open();
        try {
            return channel.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    /** Sends what the buffer has from a socket. */
    void send(int socket, ByteBuffer datagram, InetSocketAddress to) throws IOException {
        sockets.get(socket).send(datagram, to);
    }

    int open() {
        return sockets.size();
    }

    /** Flows that have no socket of their own. */
    long sharing() {
        return sharing;
    }

    @Override
    public void close() {
        for (DatagramChannel socket : sockets) {
            try {
                socket.close();
            } catch (IOException e) {
                // Nothing is left to send, and the process ends soon.
            }
        }
    }
}
