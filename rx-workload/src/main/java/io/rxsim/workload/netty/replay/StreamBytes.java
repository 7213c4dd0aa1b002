package io.rxsim.workload.netty.replay;

import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;

/**
 * The bytes of replayed streams: a function of stream and offset, so that neither side keeps any, and a piece in the wrong place shows. Words of
 * eight bytes, big-endian, all of a stream different. Stateless; any thread.
 */
public final class StreamBytes {
    /** What {@link #mismatch} gives for the right bytes. */
    public static final int NONE = -1;

    private static final long ODD = 0x9e37_79b9_7f4a_7c15L; // 2^64 / golden ratio; odd, so that words differ
    private static final int STREAM_SHIFT = 44;

    private StreamBytes() {}

    private static long word(int stream, long number) {
        return ((long) stream << STREAM_SHIFT ^ number) * ODD;
    }

    private static byte at(int stream, long offset) {
        return (byte) (word(stream, offset >>> 3) >>> 56 - 8 * (int) (offset & 7));
    }

    /** Fills a buffer from its position to its limit with the bytes from an offset on. */
    static void fill(ByteBuffer out, int stream, long offset) {
        long next = offset;
        while ((next & 7) != 0 && out.hasRemaining()) {
            out.put(at(stream, next++));
        }
        while (out.remaining() >= 8) {
            out.putLong(word(stream, next >>> 3));
            next += 8;
        }
        while (out.hasRemaining()) {
            out.put(at(stream, next++));
        }
    }

    /**
     * Holds a piece against what must be at an offset.
     *
     * @return index of the first wrong byte, or {@link #NONE}
     */
    public static int mismatch(ByteBuf piece, int stream, long offset) {
        int from = piece.readerIndex();
        int length = piece.readableBytes();
        int i = 0;
        while (i < length) {
            long next = offset + i;
            if ((next & 7) == 0 && length - i >= 8 && piece.getLong(from + i) == word(stream, next >>> 3)) {
                i += 8;
            } else if (piece.getByte(from + i) == at(stream, next)) {
                i++;
            } else {
                return i;
            }
        }
        return NONE;
    }
}
