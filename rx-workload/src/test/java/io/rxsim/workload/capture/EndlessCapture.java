package io.rxsim.workload.capture;

import java.io.InputStream;

/**
 * A capture of any size that is nowhere stored: a header and then the same bytes of records over and over, handed out in
 * pieces as a pipe does.
 */
final class EndlessCapture extends InputStream {
    private static final int PIPE_BYTES = 65_536 - 13;

    private final byte[] header;
    private final byte[] records;
    private final long sizeBytes;
    private long position;

    /**
     * A capture of {@code repetitions} times {@code records}.
     *
     * @param whole file header and records
     * @param headerBytes where the records begin in {@code whole}
     */
    EndlessCapture(byte[] whole, int headerBytes, long repetitions) {
        header = java.util.Arrays.copyOf(whole, headerBytes);
        records = java.util.Arrays.copyOfRange(whole, headerBytes, whole.length);
        sizeBytes = headerBytes + repetitions * records.length;
    }

    @Override
    public int read() {
        byte[] one = new byte[1];
        return read(one, 0, 1) == 1 ? one[0] & 0xff : -1;
    }

    @Override
    public int read(byte[] target, int offset, int length) {
        if (position == sizeBytes) {
            return -1;
        }
        boolean inHeader = position < header.length;
        byte[] source = inHeader ? header : records;
        int from = (int) (inHeader ? position : (position - header.length) % records.length);
        int count = Math.min(Math.min(length, PIPE_BYTES), source.length - from);
        System.arraycopy(source, from, target, offset, count);
        position += count;
        return count;
    }
}
