package io.rxsim.workload.capture;

import io.rxsim.core.packet.LinkType;
import java.nio.ByteOrder;

/**
 * Classic pcap, version 2.4, either byte order, microseconds or nanoseconds (draft-ietf-opsawg-pcap). A captured length
 * beyond the file's snap length is accepted up to the cap, since many writers state a wrong snap length; a fraction of a
 * second above one second is carried into the seconds, since old writers round up.
 */
final class PcapFormat implements RecordFormat {
    static final int MAGIC_MICROS = 0xa1b2c3d4;
    static final int MAGIC_NANOS = 0xa1b23c4d;
    static final int FILE_HEADER_BYTES = 24;
    static final int RECORD_HEADER_BYTES = 16;

    /** The Linux 2.2 patch by Alexey Kuznetsov, whose records have longer headers. */
    private static final int MAGIC_MODIFIED = 0xa1b2cd34;

    /** The upper six bits of the link type field tell the length of the frame check sequence. */
    private static final int LINK_TYPE_MASK = 0x03ff_ffff;

    private static final long NS_PER_SECOND = 1_000_000_000L;

    private final ByteWindow window;
    private final long magic;
    private final LinkType linkType;
    private final int nsPerFraction;

    private PcapFormat(ByteWindow window, int magic, LinkType linkType) {
        this.window = window;
        this.magic = magic & 0xffffffffL;
        this.linkType = linkType;
        this.nsPerFraction = magic == MAGIC_NANOS ? 1 : 1000;
    }

    /** True when {@code firstBytes}, read in either byte order, is a magic number of this family. */
    static boolean matches(int firstBytes) {
        return isMagic(firstBytes) || isMagic(Integer.reverseBytes(firstBytes));
    }

    private static boolean isMagic(int value) {
        return value == MAGIC_MICROS || value == MAGIC_NANOS || value == MAGIC_MODIFIED;
    }

    /** Reads the file header; the window stands at its start and holds at least the magic. */
    static PcapFormat open(ByteWindow window) throws CaptureException {
        window.byteOrder(ByteOrder.LITTLE_ENDIAN);
        if (!isMagic(window.i32(0))) {
            window.byteOrder(ByteOrder.BIG_ENDIAN);
        }
        int magic = window.i32(0);
        if (magic == MAGIC_MODIFIED) {
            throw window.fault(
                    0,
                    "modified pcap (magic a1b2cd34) is not read, allowed: pcap with magic a1b2c3d4 or"
                            + " a1b23c4d, pcapng; editcap -F pcap converts it");
        }
        if (!window.require(FILE_HEADER_BYTES)) {
            throw window.fault(
                    0,
                    "cut after " + window.remaining() + " bytes of the " + FILE_HEADER_BYTES
                            + "-byte pcap file header");
        }
        int major = window.u16(4);
        int minor = window.u16(6);
        if (major != 2 || minor != 4) {
            throw window.fault(4, "pcap version " + major + "." + minor + ", allowed 2.4");
        }
        LinkType linkType = RecordFormat.linkType(window, 20, window.i32(20) & LINK_TYPE_MASK);
        window.advance(FILE_HEADER_BYTES);
        return new PcapFormat(window, magic, linkType);
    }

    @Override
    public int next(CapturedRecord out) throws CaptureException {
        if (!window.require(RECORD_HEADER_BYTES)) {
            return window.remaining() > 0 ? CUT : END;
        }
        long offset = window.offset();
        long seconds = window.u32(0);
        long fraction = window.u32(4);
        if (seconds == magic && window.u16(4) == 2 && window.u16(6) == 4 && window.i32(8) == 0) {
            throw window.fault(offset, "a second pcap file header, allowed one per file; mergecap joins captures");
        }
        int capturedBytes = RecordFormat.capturedBytes(window, offset, window.u32(8));
        int wireBytes = RecordFormat.wireBytes(window, offset, window.u32(12), capturedBytes);
        if (!window.require(RECORD_HEADER_BYTES + capturedBytes)) {
            return CUT;
        }
        out.offset = offset;
        out.dataOffset = window.position() + RECORD_HEADER_BYTES;
        out.capturedBytes = capturedBytes;
        out.wireBytes = wireBytes;
        out.timeNs = seconds * NS_PER_SECOND + fraction * nsPerFraction;
        out.linkType = linkType;
        window.advance(RECORD_HEADER_BYTES + capturedBytes);
        return PACKET;
    }
}
