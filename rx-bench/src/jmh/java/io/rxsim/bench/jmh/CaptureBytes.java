package io.rxsim.bench.jmh;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Headers and records of captures of Ethernet frames, little-endian: classic pcap 2.4 with nanoseconds, and pcapng 1.0. */
final class CaptureBytes {
    private static final int ETHERNET = 1;
    private static final int SNAP_LENGTH = 262_144;

    private CaptureBytes() {}

    static byte[] pcapHeader() {
        return buffer(24)
                .putInt(0xa1b2_3c4d)
                .putShort((short) 2)
                .putShort((short) 4)
                .putLong(0)
                .putInt(SNAP_LENGTH)
                .putInt(ETHERNET)
                .array();
    }

    static byte[] pcapRecord(byte[] frame) {
        return buffer(16 + frame.length)
                .putLong(0)
                .putInt(frame.length)
                .putInt(frame.length)
                .put(frame)
                .array();
    }

    /** A section header, and an interface with timestamps in microseconds. */
    static byte[] pcapngHeader() {
        return buffer(28 + 20)
                .putInt(0x0a0d_0d0a)
                .putInt(28)
                .putInt(0x1a2b_3c4d)
                .putShort((short) 1)
                .putShort((short) 0)
                .putLong(-1)
                .putInt(28)
                .putInt(1)
                .putInt(20)
                .putShort((short) ETHERNET)
                .putShort((short) 0)
                .putInt(SNAP_LENGTH)
                .putInt(20)
                .array();
    }

    /** An enhanced packet block. */
    static byte[] pcapngRecord(byte[] frame) {
        int padded = frame.length + 3 & ~3;
        int block = 32 + padded;
        byte[] bytes = new byte[block];
        ByteBuffer.wrap(bytes)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(6)
                .putInt(block)
                .putInt(0)
                .putLong(0)
                .putInt(frame.length)
                .putInt(frame.length)
                .put(frame)
                .put(new byte[padded - frame.length])
                .putInt(block);
        return bytes;
    }

    /** Records of as many new flows as a batch has operations. */
    static byte[] records(Frames frames, boolean pcapng) {
        ByteArrayOutputStream records = new ByteArrayOutputStream();
        for (int i = 0; i < Batch.SIZE; i++) {
            byte[] frame = frames.frame(Frames.Kind.UDP_IPV4);
            records.writeBytes(pcapng ? pcapngRecord(frame) : pcapRecord(frame));
        }
        return records.toByteArray();
    }

    private static ByteBuffer buffer(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
