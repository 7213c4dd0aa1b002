package io.rxsim.workload.netty;

import io.netty.buffer.ByteBuf;

/**
 * Answers sockperf's clients. A message begins with its number (8 bytes), flags (2) and its length (4), all big-endian; bit 0 of the flags says
 * that a client sent it, bit 1 that it wants an answer, which is the message itself with bit 0 cleared. A datagram is a message; of a
 * connection's bytes, what is incomplete waits for the rest.
 */
// A write or close that fails closes its channel, which the reader hears of; nobody waits for the future.
@SuppressWarnings("FutureReturnValueIgnored")
final class SockperfServer implements LiveApplication {
    /** Longest message, that of the tool. */
    static final int MAX_BYTES = 65_507;

    static final int HEADER_BYTES = 14;
    private static final int FLAGS = 8;
    private static final int LENGTH = 10;
    private static final int CLIENT = 1;
    private static final int PONG = 2;

    @Override
    public void onBytes(LiveFlow flow, Inbound inbound) {
        if (inbound.sender() != null) {
            answerOrRelease(flow, inbound.bytes(), inbound);
            return;
        }
        ByteBuf bytes = inbound.bytes();
        if (flow.partial != null) {
            bytes = flow.channel
                    .alloc()
                    .buffer(flow.partial.readableBytes() + bytes.readableBytes())
                    .writeBytes(flow.partial)
                    .writeBytes(inbound.bytes());
            flow.partial.release();
            flow.partial = null;
            inbound.bytes().release();
        }
        try {
            while (bytes.readableBytes() >= HEADER_BYTES) {
                long length = bytes.getUnsignedInt(bytes.readerIndex() + LENGTH);
                if (length < HEADER_BYTES || length > MAX_BYTES) {
                    // Not sockperf: the stream cannot be followed any more.
                    flow.channel.close();
                    return;
                }
                if (bytes.readableBytes() < length) {
                    break;
                }
                answerOrRelease(flow, bytes.readRetainedSlice((int) length), inbound);
            }
            if (bytes.isReadable()) {
                flow.partial = bytes.readRetainedSlice(bytes.readableBytes());
            }
        } finally {
            bytes.release();
        }
    }

    private static void answerOrRelease(LiveFlow flow, ByteBuf message, Inbound inbound) {
        if (message.readableBytes() < HEADER_BYTES) {
            message.release();
            return;
        }
        int at = message.readerIndex() + FLAGS;
        int flags = message.getUnsignedShort(at);
        if ((flags & PONG) == 0) {
            message.release();
            return;
        }
        message.setShort(at, flags & ~CLIENT);
        LiveApplication.send(flow, message, inbound);
    }
}
