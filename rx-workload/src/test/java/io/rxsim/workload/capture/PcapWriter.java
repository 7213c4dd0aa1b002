package io.rxsim.workload.capture;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Writes classic pcap 2.4 with nanosecond timestamps. Allocates nothing per packet. One thread.
 */
public final class PcapWriter implements AutoCloseable {
    private static final int BUFFER_BYTES = 2 * RecordFormat.MAX_CAPTURED_BYTES;
    private static final long NS_PER_SECOND = 1_000_000_000L;
    private static final long MAX_SECONDS = 0xffff_ffffL;

    private final OutputStream out;
    private final ByteBuffer buffer;

    /**
     * Starts a capture.
     *
     * @param out receives the file; closed with the writer
     * @param linkType registered number of the link type
     * @param order byte order of the headers
     */
    public PcapWriter(OutputStream out, int linkType, ByteOrder order) {
        this.out = out;
        this.buffer = ByteBuffer.allocate(BUFFER_BYTES).order(order);
        buffer.putInt(PcapFormat.MAGIC_NANOS).putShort((short) 2).putShort((short) 4);
        buffer.putInt(0).putInt(0).putInt(RecordFormat.MAX_CAPTURED_BYTES).putInt(linkType);
    }

    /**
     * Appends a packet.
     *
     * @param timeNs nanoseconds since 1970, up to 32 bits of seconds
     * @param data holds the captured bytes
     * @param offset of the first byte in {@code data}
     * @param capturedLength in bytes, up to 256 KiB
     * @param wireLength in bytes, at least {@code capturedLength}
     * @throws IOException when the output cannot be written
     */
    public void write(long timeNs, byte[] data, int offset, int capturedLength, int wireLength) throws IOException {
        if (timeNs < 0 || timeNs / NS_PER_SECOND > MAX_SECONDS) {
            throw new IllegalArgumentException("timeNs=" + timeNs + " is outside 32 bits of seconds");
        }
        RecordFormat.checkWritten(capturedLength, wireLength);
        if (buffer.remaining() < PcapFormat.RECORD_HEADER_BYTES + capturedLength) {
            flush();
        }
        buffer.putInt((int) (timeNs / NS_PER_SECOND)).putInt((int) (timeNs % NS_PER_SECOND));
        buffer.putInt(capturedLength).putInt(wireLength).put(data, offset, capturedLength);
    }

    /**
     * Hands what is buffered to the output.
     *
     * @throws IOException when the output cannot be written
     */
    public void flush() throws IOException {
        out.write(buffer.array(), 0, buffer.position());
        buffer.clear();
        out.flush();
    }

    @Override
    public void close() throws IOException {
        try {
            flush();
        } finally {
            out.close();
        }
    }
}
