package io.rxsim.workload.capture;

import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * A sliding window over a stream: the bytes of one record lie in one array, however large the file. Packets point into
 * {@link #bytes()}, so they are valid until the next {@link #require}. The window starts small and grows to a size for large
 * reads while the stream goes on, and further for a longer record; then nothing is allocated any more. One thread.
 */
final class ByteWindow implements AutoCloseable {
    private static final int INITIAL_BYTES = 8 * 1024;
    private static final int READ_BYTES = 256 * 1024;

    private static final VarHandle U16 = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle U32 = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    private byte[] bytes = new byte[INITIAL_BYTES];
    private final InputStream in;
    private final String name;
    private long discarded;
    private int position;
    private int limit;
    private boolean ended;
    private boolean bigEndian;

    /**
     * A window at the start of a stream.
     *
     * @param in the capture, decompressed; closed with this window
     * @param name of the capture, for messages
     */
    ByteWindow(InputStream in, String name) {
        this.in = in;
        this.name = name;
    }

    void byteOrder(ByteOrder order) {
        bigEndian = order == ByteOrder.BIG_ENDIAN;
    }

    byte[] bytes() {
        return bytes;
    }

    /** Index in {@link #bytes()} of the first byte not yet consumed. */
    int position() {
        return position;
    }

    /** Bytes of the stream before {@link #position()}. */
    long offset() {
        return discarded + position;
    }

    /** Bytes read and not yet consumed; after a failed {@link #require} all that is left. */
    int remaining() {
        return limit - position;
    }

    /** Makes {@code count} bytes from {@link #position()} on available; false when the stream ends before. */
    boolean require(int count) throws CaptureException {
        return limit - position >= count || fill(count);
    }

    /** Consumes {@code count} bytes that {@link #require} has made available. */
    void advance(int count) {
        position += count;
    }

    /** Consumes {@code count} bytes, which may exceed the window; false when the stream ends before. */
    boolean skip(long count) throws CaptureException {
        long left = count;
        while (left > remaining()) {
            left -= remaining();
            position = limit;
            if (!fill(1)) {
                return false;
            }
        }
        position += (int) left;
        return true;
    }

    /** Unsigned byte, {@code at} bytes after {@link #position()}. */
    int u8(int at) {
        return bytes[position + at] & 0xff;
    }

    /** Unsigned 16 bits in the byte order of the file, {@code at} bytes after {@link #position()}. */
    int u16(int at) {
        short value = (short) U16.get(bytes, position + at);
        return (bigEndian ? Short.reverseBytes(value) : value) & 0xffff;
    }

    /** Unsigned 32 bits in the byte order of the file. */
    long u32(int at) {
        return i32(at) & 0xffffffffL;
    }

    /** 32 bits in the byte order of the file. */
    int i32(int at) {
        int value = (int) U32.get(bytes, position + at);
        return bigEndian ? Integer.reverseBytes(value) : value;
    }

    /** 64 bits in the byte order of the file. */
    long i64(int at) {
        return bigEndian ? u32(at) << 32 | u32(at + 4) : u32(at + 4) << 32 | u32(at);
    }

    /** An error at {@code offset} of this capture. */
    CaptureException fault(long offset, String what) {
        return CaptureException.at(name, offset, what);
    }

    /** True when the stream itself says that it ended too early, which only a compressed one can. */
    boolean sourceCut() {
        return in instanceof GunzipInputStream gunzip && gunzip.cut();
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    private boolean fill(int count) throws CaptureException {
        boolean grow = limit == bytes.length && limit < READ_BYTES;
        byte[] target = grow ? new byte[bytes.length * 2] : bytes;
        System.arraycopy(bytes, position, target, 0, limit - position);
        bytes = target;
        discarded += position;
        limit -= position;
        position = 0;
        while (limit < count && !ended) {
            // Grows with the bytes that are there, not with the length that a damaged header claims.
            if (limit == bytes.length) {
                bytes = Arrays.copyOf(bytes, bytes.length * 2);
            }
            int read;
            try {
                read = in.read(bytes, limit, bytes.length - limit);
            } catch (IOException e) {
                throw CaptureException.at(name, discarded + limit, "cannot be read: " + e.getMessage(), e);
            }
            if (read > 0) {
                limit += read;
            } else {
                ended = true;
            }
        }
        return limit >= count;
    }
}
