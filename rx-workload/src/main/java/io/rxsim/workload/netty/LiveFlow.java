package io.rxsim.workload.netty;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.rxsim.core.live.LiveSocket;
import io.rxsim.core.packet.FlowKey;

/**
 * One direction of a flow of real traffic: its number, its hash, and the modelled socket that receives it.
 *
 * <p>Threads: counting belongs to the event loop of its queue, {@link #partial} to the thread that drives the receiver; {@link #ended}
 * is {@link LiveFlows}'; the rest does not change once packets flow.
 */
final class LiveFlow {
    final int number;
    final int direction;
    final int hash;
    final LiveSocket<Inbound> socket;
    /** Where its packets come from, and, unless it is proxied, where answers go. */
    final Channel channel;
    /** Numbers of the next packets of both directions of this flow's number. */
    final int[] given;
    /** Receiver: the beginning of a message of which more is to come, or null. */
    ByteBuf partial;
    /** The connection's reader, or null for datagrams. */
    TcpReader reader;
    /** The other end of a proxied connection, or null. */
    LiveFlow other;
    /** Its 5-tuple in the direction of its packets, and the NIC's hash; do not change once packets flow. */
    FlowKey key;

    int rssHash;
    /** Number of the replayed stream that it is, or -1. */
    int stream = -1;
    /** Receiver: bytes of the stream so far. */
    long received;
    /** Whether nothing comes any more. */
    boolean ended;

    LiveFlow(int number, int direction, int hash, LiveSocket<Inbound> socket, Channel channel, int[] given) {
        this.number = number;
        this.direction = direction;
        this.hash = hash;
        this.socket = socket;
        this.channel = channel;
        this.given = given;
    }

    /** Event loop: the number of the next packet. */
    int nextSequence() {
        return given[direction]++;
    }

    /** Where what arrives here goes out again. */
    Channel sink() {
        return other == null ? channel : other.channel;
    }
}
