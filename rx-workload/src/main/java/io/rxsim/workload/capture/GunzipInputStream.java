package io.rxsim.workload.capture;

import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import java.util.zip.ZipException;

/**
 * Decompresses gzip (RFC 1952) with any number of concatenated members. Deviates from {@link java.util.zip.GZIPInputStream}
 * in what a capture needs: a stream that ends early is told apart from a corrupt one ({@link #cut()} against
 * {@link ZipException}), a further member is found without asking {@code available()}, which answers 0 on a pipe, and bytes
 * after the last member are an error unless they are zero padding. Allocates nothing after construction. One thread.
 */
final class GunzipInputStream extends InputStream {
    private static final int INPUT_BYTES = 64 * 1024;
    private static final int METHOD_DEFLATE = 8;
    private static final int FLAG_HEADER_CRC = 0x02;
    private static final int FLAG_EXTRA = 0x04;
    private static final int FLAG_NAME = 0x08;
    private static final int FLAG_COMMENT = 0x10;
    private static final int FLAGS_RESERVED = 0xe0;
    private static final int EOF = -1;

    private final InputStream in;
    private final byte[] input = new byte[INPUT_BYTES];
    private final Inflater inflater = new Inflater(true);
    private final CRC32 crc = new CRC32();
    private int position;
    private int limit;
    private boolean insideMember;
    private boolean ended;
    private boolean cut;

    /** Reads from {@code in}, which stands at the first byte of a gzip member and is closed with this stream. */
    GunzipInputStream(InputStream in) {
        this.in = in;
    }

    /** True when the stream ended inside a member. Final once a read has returned -1. */
    boolean cut() {
        return cut;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) == 1 ? one[0] & 0xff : EOF;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        while (!ended) {
            if (!insideMember && !startMember()) {
                break;
            }
            int produced = inflate(target, offset, length);
            if (produced > 0) {
                crc.update(target, offset, produced);
                return produced;
            }
        }
        ended = true;
        return EOF;
    }

    @Override
    public void close() throws IOException {
        inflater.end();
        in.close();
    }

    /** One step of decompression; 0 when the member or the input ended, or more input was supplied. */
    private int inflate(byte[] target, int offset, int length) throws IOException {
        try {
            int produced = inflater.inflate(target, offset, length);
            if (produced > 0) {
                return produced;
            }
        } catch (DataFormatException e) {
            throw corrupt(e.getMessage() == null ? "invalid deflate data" : e.getMessage());
        }
        if (inflater.finished()) {
            finishMember();
        } else if (inflater.needsInput()) {
            if (fill()) {
                inflater.setInput(input, position, limit - position);
                position = limit;
            } else {
                cutHere();
            }
        } else {
            throw corrupt("invalid deflate data");
        }
        return 0;
    }

    /** Reads the header of the next member; false at the end of the stream. */
    private boolean startMember() throws IOException {
        if (position == limit && !fill()) {
            return false;
        }
        int first = input[position++] & 0xff;
        if (first == 0) {
            skipPadding();
            return false;
        }
        int second = next();
        if (first != 0x1f || (second != 0x8b && second != EOF)) {
            throw corrupt("bytes after the last gzip member that are neither a member nor zero padding");
        }
        int method = next();
        if (method != METHOD_DEFLATE && method != EOF) {
            throw corrupt("gzip method " + method + ", allowed 8 (deflate)");
        }
        int flags = next();
        if (flags != EOF && (flags & FLAGS_RESERVED) != 0) {
            throw corrupt("reserved gzip flags 0x" + Integer.toHexString(flags));
        }
        for (int i = 0; i < 6; i++) {
            next();
        }
        skipHeaderFields(flags == EOF ? 0 : flags);
        if (ended) {
            return false;
        }
        inflater.reset();
        inflater.setInput(input, position, limit - position);
        position = limit;
        crc.reset();
        insideMember = true;
        return true;
    }

    private void skipHeaderFields(int flags) throws IOException {
        if ((flags & FLAG_EXTRA) != 0) {
            for (int extra = nextU16(); extra > 0 && !ended; extra--) {
                next();
            }
        }
        if ((flags & FLAG_NAME) != 0) {
            skipText();
        }
        if ((flags & FLAG_COMMENT) != 0) {
            skipText();
        }
        if ((flags & FLAG_HEADER_CRC) != 0) {
            nextU16();
        }
        // The last header byte may be the last byte of the file: then the member's data is what is missing.
        if (!ended && position == limit && !fill()) {
            cutHere();
        }
    }

    private void skipText() throws IOException {
        int c;
        do {
            c = next();
        } while (c > 0);
    }

    /** Checks the trailer, 4 bytes of CRC-32 and 4 of length modulo 2^32. */
    private void finishMember() throws IOException {
        position = limit - inflater.getRemaining();
        long length = inflater.getBytesWritten() & 0xffffffffL;
        insideMember = false;
        long expectedCrc = nextU16() | (long) nextU16() << 16;
        long expectedLength = nextU16() | (long) nextU16() << 16;
        if (!ended && expectedCrc != crc.getValue()) {
            throw corrupt("gzip checksum differs");
        }
        if (!ended && expectedLength != length) {
            throw corrupt("gzip length differs");
        }
    }

    private void skipPadding() throws IOException {
        while (position < limit || fill()) {
            if (input[position++] != 0) {
                throw corrupt("bytes after the last gzip member that are neither a member nor zero padding");
            }
        }
    }

    private int nextU16() throws IOException {
        int low = next();
        int high = next();
        return ended ? 0 : low | high << 8;
    }

    /** Next byte of a member's header or trailer; the end of the stream there is a cut. */
    private int next() throws IOException {
        if (position < limit || (!ended && fill())) {
            return input[position++] & 0xff;
        }
        cutHere();
        return EOF;
    }

    private void cutHere() {
        cut = true;
        ended = true;
    }

    private boolean fill() throws IOException {
        position = 0;
        limit = Math.max(in.read(input, 0, input.length), 0);
        return limit > 0;
    }

    private static ZipException corrupt(String what) {
        return new ZipException("corrupt gzip data: " + what);
    }
}
