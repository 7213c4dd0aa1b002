package io.rxsim.workload.capture;

import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;

/** Tells what a stream holds by its first bytes. */
final class Magic {
    private static final int BYTES = 4;
    private static final int GZIP = 0x1f8b;
    private static final String ALLOWED = "allowed: pcap, pcapng, and gzip of these";

    private Magic() {}

    /** The stream itself, or its decompression when it starts as gzip does. */
    static InputStream decompressed(InputStream in, String name) throws CaptureException {
        PushbackInputStream restored = new PushbackInputStream(in, BYTES);
        try {
            byte[] first = in.readNBytes(BYTES);
            restored.unread(first);
            boolean gzip = first.length >= 2 && ((first[0] & 0xff) << 8 | first[1] & 0xff) == GZIP;
            return gzip ? new GunzipInputStream(restored) : restored;
        } catch (IOException e) {
            throw CaptureException.at(name, 0, "cannot be read: " + e.getMessage(), e);
        }
    }

    /** The format of the capture that starts in {@code window}, its file header read. */
    static RecordFormat formatOf(ByteWindow window) throws CaptureException {
        if (!window.require(BYTES)) {
            if (window.sourceCut()) {
                throw window.fault(0, "gzip data cut before the first packet");
            }
            throw window.fault(
                    0,
                    window.remaining() == 0
                            ? "empty, " + ALLOWED
                            : "not a capture, first bytes " + window.firstBytes() + ", " + ALLOWED);
        }
        int first = window.i32(0);
        if (first == PcapngFormat.SECTION_HEADER) {
            return PcapngFormat.open(window);
        }
        if (PcapFormat.matches(first)) {
            return PcapFormat.open(window);
        }
        throw window.fault(0, "not a capture, first bytes " + window.firstBytes() + ", " + ALLOWED + hint(first));
    }

    /** What to do about a compression that is recognised but not read. */
    private static String hint(int first) {
        switch (first) {
            case 0xfd2fb528:
                return "; this is zstd: zstd -dc FILE | rx replay -";
            case 0x587a37fd:
                return "; this is xz: xz -dc FILE | rx replay -";
            case 0x184d2204:
                return "; this is lz4: lz4 -dc FILE | rx replay -";
            default:
                return (first & 0xffffff) == 0x685a42 ? "; this is bzip2: bzip2 -dc FILE | rx replay -" : "";
        }
    }
}
