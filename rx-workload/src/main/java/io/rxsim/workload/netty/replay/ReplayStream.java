package io.rxsim.workload.netty.replay;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/**
 * One direction of a captured connection as a real one. What the other side does not take yet stays due; nothing of it is kept, since the bytes
 * are {@link StreamBytes}. One thread.
 */
final class ReplayStream implements AutoCloseable {
    private final SocketChannel channel;
    private final int number;
    private long dueBytes;
    private long writtenBytes;
    private boolean broken;
    /** Whether it is queued for a later flush; its owner's. */
    boolean waiting;

    private ReplayStream(SocketChannel channel, int number) {
        this.channel = channel;
        this.number = number;
    }

    /** Connects; the target learns before it accepts what the connection stands for. */
    static ReplayStream connect(ReplayTarget target, CapturedFlow flow) throws IOException {
        SocketChannel channel = SocketChannel.open();
        try {
            channel.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            target.onConnecting((InetSocketAddress) channel.getLocalAddress(), flow);
            channel.connect(target.connections());
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.configureBlocking(false);
            return new ReplayStream(channel, flow.stream());
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    /** So many bytes more are due. */
    void due(int bytes) {
        dueBytes += bytes;
    }

    /**
     * Writes what is due and fits.
     *
     * @param scratch any contents, overwritten
     * @return whether nothing is due any more
     */
    boolean flush(ByteBuffer scratch) throws IOException {
        while (writtenBytes < dueBytes && !broken) {
            scratch.clear().limit((int) Math.min(scratch.capacity(), dueBytes - writtenBytes));
            StreamBytes.fill(scratch, number, writtenBytes);
            scratch.flip();
            try {
                writtenBytes += channel.write(scratch);
            } catch (IOException e) {
                broken = true;
                throw e;
            }
            if (scratch.hasRemaining()) {
                return false;
            }
        }
        return true;
    }

    long writtenBytes() {
        return writtenBytes;
    }

    long leftBytes() {
        return dueBytes - writtenBytes;
    }

    /** Nothing more comes. */
    void end() throws IOException {
        if (!broken) {
            channel.shutdownOutput();
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
