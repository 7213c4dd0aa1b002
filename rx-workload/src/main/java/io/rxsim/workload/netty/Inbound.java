package io.rxsim.workload.netty;

import io.netty.buffer.ByteBuf;
import java.net.InetSocketAddress;

/**
 * What a packet of the live engine carries: bytes from a real socket. Whoever ends its way releases it, once.
 *
 * @param source the flow's end that sent it
 * @param bytes payload; empty for the end of a connection
 * @param sender where a datagram came from; null for a connection
 */
public record Inbound(LiveFlow source, ByteBuf bytes, InetSocketAddress sender) {
    /** Whether the sender has closed its connection. */
    public boolean isEnd() {
        return sender == null && !bytes.isReadable();
    }
}
