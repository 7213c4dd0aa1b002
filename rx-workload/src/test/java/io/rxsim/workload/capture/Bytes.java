package io.rxsim.workload.capture;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/** Bytes of a capture written by hand, in either byte order, without the writers under test. */
final class Bytes {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final boolean big;
    private final List<Integer> recordEnds = new ArrayList<>();
    private final List<Integer> wholeEnds = new ArrayList<>();

    Bytes(ByteOrder order) {
        big = order == ByteOrder.BIG_ENDIAN;
    }

    Bytes u16(int value) {
        return number(value, 2);
    }

    Bytes u32(long value) {
        return number(value, 4);
    }

    Bytes u64(long value) {
        return number(value, 8);
    }

    Bytes raw(byte... bytes) {
        out.write(bytes, 0, bytes.length);
        return this;
    }

    private Bytes number(long value, int width) {
        for (int i = 0; i < width; i++) {
            out.write((int) (value >>> (8 * (big ? width - 1 - i : i))));
        }
        return this;
    }

    Bytes pcapHeader(long magic, int linkType) {
        return u32(magic).u16(2).u16(4).u32(0).u32(0).u32(65_535).u32(linkType).wholeEnd();
    }

    Bytes pcapRecord(long seconds, long fraction, byte[] data, int wireLength) {
        u32(seconds).u32(fraction).u32(data.length).u32(wireLength).raw(data);
        return recordEnd();
    }

    Bytes section() {
        return u32(0x0a0d0d0aL)
                .u32(28)
                .u32(0x1a2b3c4dL)
                .u16(1)
                .u16(0)
                .u64(-1)
                .u32(28)
                .wholeEnd();
    }

    /** An interface description with raw options, whose length is a multiple of 4. */
    Bytes interfaceDescription(int linkType, long snapLength, byte... options) {
        int length = 20 + options.length;
        return u32(1).u32(length)
                .u16(linkType)
                .u16(0)
                .u32(snapLength)
                .raw(options)
                .u32(length)
                .wholeEnd();
    }

    Bytes enhancedPacket(long interfaceId, long timestamp, byte[] data, int wireLength) {
        int length = 32 + padded(data.length);
        u32(6).u32(length)
                .u32(interfaceId)
                .u32(timestamp >>> 32)
                .u32(timestamp)
                .u32(data.length)
                .u32(wireLength);
        return raw(data)
                .raw(new byte[padded(data.length) - data.length])
                .u32(length)
                .recordEnd();
    }

    Bytes obsoletePacket(int interfaceId, long timestamp, byte[] data, int wireLength) {
        int length = 32 + padded(data.length);
        u32(2).u32(length).u16(interfaceId).u16(0xffff).u32(timestamp >>> 32).u32(timestamp);
        u32(data.length).u32(wireLength);
        return raw(data)
                .raw(new byte[padded(data.length) - data.length])
                .u32(length)
                .recordEnd();
    }

    Bytes simplePacket(byte[] data, int wireLength) {
        int length = 16 + padded(data.length);
        u32(3).u32(length).u32(wireLength).raw(data).raw(new byte[padded(data.length) - data.length]);
        return u32(length).recordEnd();
    }

    Bytes block(long type, byte... body) {
        return u32(type).u32(12 + body.length).raw(body).u32(12 + body.length).wholeEnd();
    }

    /** Offsets behind each packet record. */
    List<Integer> recordEnds() {
        return recordEnds;
    }

    /** True when a header, record or block ends at {@code length}. */
    boolean wholeAt(int length) {
        return wholeEnds.contains(length);
    }

    byte[] array() {
        return out.toByteArray();
    }

    /** Packet data of a given length that no other packet of the test has. */
    static byte[] data(int length, int first) {
        byte[] data = new byte[length];
        for (int i = 0; i < length; i++) {
            data[i] = (byte) (first + i);
        }
        return data;
    }

    static byte[] gzip(byte[]... members) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] member : members) {
            try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
                gzip.write(member);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return out.toByteArray();
    }

    /** A stream that hands out at most {@code step} bytes at a time and does not know what is available, as a pipe. */
    static InputStream pipe(byte[] bytes, int step) {
        return new InputStream() {
            private int position;

            @Override
            public int read() {
                return position == bytes.length ? -1 : bytes[position++] & 0xff;
            }

            @Override
            public int read(byte[] target, int offset, int length) {
                int count = Math.min(Math.min(length, step), bytes.length - position);
                System.arraycopy(bytes, position, target, offset, count);
                position += count;
                return count == 0 && length > 0 ? -1 : count;
            }
        };
    }

    private Bytes recordEnd() {
        recordEnds.add(out.size());
        return wholeEnd();
    }

    private Bytes wholeEnd() {
        wholeEnds.add(out.size());
        return this;
    }

    private static int padded(int length) {
        return length + 3 & ~3;
    }
}
