package io.rxsim.workload.capture;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Writes pcapng: one section, one interface with timestamps in nanoseconds ({@code if_tsresol} 9), Enhanced Packet Blocks.
 * Allocates nothing per packet. One thread.
 */
public final class PcapngWriter implements AutoCloseable {
    private static final int BUFFER_BYTES = 2 * RecordFormat.MAX_CAPTURED_BYTES;
    private static final int BLOCK_OVERHEAD_BYTES = 32;
    private static final int STATISTICS = 5;
    private static final int STATISTICS_BYTES = 52;
    private static final short IF_RECEIVED = 4;
    private static final short IF_DROPPED = 5;
    private static final PcapngOptions NO_OPTIONS = new PcapngOptions(ByteOrder.BIG_ENDIAN);
    private static final byte NANOSECONDS = 9;

    private final OutputStream out;
    private final ByteBuffer buffer;

    /**
     * Starts a capture.
     *
     * @param out receives the file; closed with the writer
     * @param linkType registered number of the link type
     * @param order byte order of the section
     */
    public PcapngWriter(OutputStream out, int linkType, ByteOrder order) {
        this.out = out;
        this.buffer = ByteBuffer.allocate(BUFFER_BYTES).order(order);
        buffer.putInt(PcapngFormat.SECTION_HEADER).putInt(28).putInt(PcapngFormat.BYTE_ORDER_MAGIC);
        buffer.putShort((short) 1).putShort((short) 0).putLong(-1).putInt(28);
        buffer.putInt(PcapngFormat.INTERFACE_DESCRIPTION)
                .putInt(32)
                .putShort((short) linkType)
                .putShort((short) 0);
        buffer.putInt(RecordFormat.MAX_CAPTURED_BYTES);
        buffer.putShort((short) InterfaceTable.OPTION_TSRESOL).putShort((short) 1);
        buffer.put(NANOSECONDS).put((byte) 0).putShort((short) 0);
        buffer.putInt(InterfaceTable.OPTION_END).putInt(32);
    }

    /**
     * Appends a packet.
     *
     * @param timeNs nanoseconds since 1970
     * @param data holds the captured bytes
     * @param offset of the first byte in {@code data}
     * @param capturedLength in bytes, up to 256 KiB
     * @param wireLength in bytes, at least {@code capturedLength}
     * @throws IOException when the output cannot be written
     */
    public void write(long timeNs, byte[] data, int offset, int capturedLength, int wireLength) throws IOException {
        write(timeNs, data, offset, capturedLength, wireLength, NO_OPTIONS);
    }

    /** Appends a packet with options, made in the byte order of the section. */
    public void write(long timeNs, byte[] data, int offset, int capturedLength, int wireLength, PcapngOptions options)
            throws IOException {
        if (timeNs < 0) {
            throw new IllegalArgumentException("timeNs=" + timeNs + " is before 1970");
        }
        RecordFormat.checkWritten(capturedLength, wireLength);
        int padding = -capturedLength & 3;
        int length = BLOCK_OVERHEAD_BYTES + capturedLength + padding + options.length();
        if (buffer.remaining() < length) {
            flush();
        }
        buffer.putInt(PcapngFormat.ENHANCED_PACKET).putInt(length).putInt(0);
        buffer.putInt((int) (timeNs >>> 32))
                .putInt((int) timeNs)
                .putInt(capturedLength)
                .putInt(wireLength);
        buffer.put(data, offset, capturedLength);
        for (int i = 0; i < padding; i++) {
            buffer.put((byte) 0);
        }
        options.put(buffer);
        buffer.putInt(length);
    }

    /**
     * Appends an Interface Statistics Block: how many packets came, and how many of them are not in the file.
     *
     * @throws IOException when the output cannot be written
     */
    public void statistics(long timeNs, long received, long dropped) throws IOException {
        if (buffer.remaining() < STATISTICS_BYTES) {
            flush();
        }
        buffer.putInt(STATISTICS).putInt(STATISTICS_BYTES).putInt(0);
        buffer.putInt((int) (timeNs >>> 32)).putInt((int) timeNs);
        buffer.putShort(IF_RECEIVED).putShort((short) 8).putLong(received);
        buffer.putShort(IF_DROPPED).putShort((short) 8).putLong(dropped);
        buffer.putInt(InterfaceTable.OPTION_END).putInt(STATISTICS_BYTES);
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
