package io.rxsim.workload.capture;

import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.Locale;

/** Tells what a stream holds by its first bytes, never by a name. */
final class Magic {
    /** Length of every magic number; gzip has two bytes. */
    static final int BYTES = 4;

    private static final String ALLOWED = "allowed: pcap, pcapng, and gzip of these";

    private Magic() {}

    /** The stream itself, or its decompression when it starts as gzip does. */
    static InputStream decompressed(InputStream in, String name) throws CaptureException {
        PushbackInputStream restored = new PushbackInputStream(in, BYTES);
        try {
            byte[] first = in.readNBytes(BYTES);
            restored.unread(first);
            return isGzip(first, first.length) ? new GunzipInputStream(restored) : restored;
        } catch (IOException e) {
            throw CaptureException.at(name, 0, "cannot be read: " + e.getMessage(), e);
        }
    }

    /** The format of the capture that starts in {@code window}, its file header read. */
    static RecordFormat formatOf(ByteWindow window) throws CaptureException {
        window.require(BYTES);
        if (window.remaining() < BYTES && window.sourceCut()) {
            throw window.fault(0, "gzip data cut before the first packet");
        }
        String fault = fault(window.bytes(), window.remaining());
        if (fault != null) {
            throw window.fault(0, fault);
        }
        return window.i32(0) == PcapngFormat.SECTION_HEADER ? PcapngFormat.open(window) : PcapFormat.open(window);
    }

    /**
     * Refuses what is neither a capture nor gzip.
     *
     * @param first holds the first bytes of a stream
     * @param length how many there are; fewer than four when the stream is shorter
     */
    static void check(byte[] first, int length, String name) throws CaptureException {
        String fault = isGzip(first, length) ? null : fault(first, length);
        if (fault != null) {
            throw CaptureException.at(name, 0, fault);
        }
    }

    private static boolean isGzip(byte[] first, int length) {
        return length >= 2 && first[0] == 0x1f && first[1] == (byte) 0x8b;
    }

    /** What is wrong with the first bytes of a stream that is not compressed; null when it starts as a capture does. */
    private static String fault(byte[] first, int length) {
        if (length == 0) {
            return "empty, " + ALLOWED;
        }
        int value = 0;
        for (int i = 0; i < BYTES; i++) {
            value = value << 8 | (i < length ? first[i] & 0xff : 0);
        }
        if (length >= BYTES && (value == PcapngFormat.SECTION_HEADER || PcapFormat.matches(value))) {
            return null;
        }
        StringBuilder text = new StringBuilder("not a capture, first bytes");
        for (int i = 0; i < Math.min(BYTES, length); i++) {
            text.append(String.format(Locale.ROOT, " %02x", first[i]));
        }
        return text + ", " + ALLOWED + hint(value);
    }

    /** What to do about a compression that is recognised but not read. */
    private static String hint(int value) {
        return switch (value) {
            case 0x28b52ffd -> "; this is zstd: zstd -dc FILE | rx replay -";
            case 0xfd377a58 -> "; this is xz: xz -dc FILE | rx replay -";
            case 0x04224d18 -> "; this is lz4: lz4 -dc FILE | rx replay -";
            default -> value >>> 8 == 0x425a68 ? "; this is bzip2: bzip2 -dc FILE | rx replay -" : "";
        };
    }
}
