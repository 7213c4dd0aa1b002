package io.rxsim.workload.capture;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Options of an Enhanced Packet Block (draft-ietf-opsawg-pcapng, 4.3), as {@link PcapngWriter} appends them. Reused: {@link #clear} before each
 * packet. One thread.
 */
public final class PcapngOptions {
    private static final int CAPACITY = 1024;
    private static final short END = 0;
    private static final short COMMENT = 1;
    private static final short EPB_FLAGS = 2;
    private static final short EPB_HASH = 3;
    private static final short EPB_QUEUE = 6;
    private static final int INBOUND = 1;
    private static final byte TOEPLITZ = 5;
    private static final int HEADER_BYTES = 4;

    private final ByteBuffer bytes;

    /** No options yet. */
    public PcapngOptions(ByteOrder order) {
        bytes = ByteBuffer.allocate(CAPACITY).order(order);
    }

    /** Begins anew. */
    public PcapngOptions clear() {
        bytes.clear();
        return this;
    }

    /** {@code epb_flags}: the packet was received. */
    public PcapngOptions inbound() {
        bytes.putShort(EPB_FLAGS).putShort((short) 4).putInt(INBOUND);
        return this;
    }

    /** {@code epb_queue}: the queue of the interface that received it. */
    public PcapngOptions queue(int queue) {
        bytes.putShort(EPB_QUEUE).putShort((short) 4).putInt(queue);
        return this;
    }

    /** {@code epb_hash} with algorithm 5, Toeplitz: the NIC's RSS hash, most significant byte first. */
    public PcapngOptions toeplitz(int hash) {
        bytes.putShort(EPB_HASH).putShort((short) 5).put(TOEPLITZ);
        bytes.put((byte) (hash >>> 24))
                .put((byte) (hash >>> 16))
                .put((byte) (hash >>> 8))
                .put((byte) hash);
        pad();
        return this;
    }

    /**
     * {@code opt_comment}.
     *
     * @throws IllegalArgumentException for a text that does not fit
     */
    public PcapngOptions comment(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        if (utf8.length + 3 * HEADER_BYTES > bytes.remaining()) {
            throw new IllegalArgumentException("comment of " + utf8.length + " bytes does not fit");
        }
        bytes.putShort(COMMENT).putShort((short) utf8.length).put(utf8);
        pad();
        return this;
    }

    private void pad() {
        while ((bytes.position() & 3) != 0) {
            bytes.put((byte) 0);
        }
    }

    /** Bytes that {@link #put} writes; 0 if there are no options. */
    int length() {
        return bytes.position() == 0 ? 0 : bytes.position() + HEADER_BYTES;
    }

    /** Writes the options and their end. */
    void put(ByteBuffer out) {
        if (bytes.position() > 0) {
            out.put(bytes.array(), 0, bytes.position()).putShort(END).putShort((short) 0);
        }
    }
}
