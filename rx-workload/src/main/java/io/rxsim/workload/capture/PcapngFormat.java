package io.rxsim.workload.capture;

import java.nio.ByteOrder;
import java.util.Locale;

/**
 * pcapng (draft-ietf-opsawg-pcapng): any number of sections of either byte order, each with its interfaces; Enhanced, Simple
 * and obsolete Packet Blocks; every other block is skipped by its length. Lengths are checked at both ends of a block. The
 * section length is not needed and not believed. A Simple Packet Block has no timestamp: it takes the time of the packet
 * before it. An interface of an unsupported link type is an error only when a packet arrives on it.
 */
final class PcapngFormat implements RecordFormat {
    static final int SECTION_HEADER = 0x0a0d0d0a;
    static final int BYTE_ORDER_MAGIC = 0x1a2b3c4d;
    static final int INTERFACE_DESCRIPTION = 1;
    static final int SIMPLE_PACKET = 3;
    static final int ENHANCED_PACKET = 6;
    private static final int OBSOLETE_PACKET = 2;

    private static final int SECTION_HEADER_BYTES = 28;
    private static final int INTERFACE_HEADER_BYTES = 20;
    private static final int SIMPLE_HEADER_BYTES = 16;
    private static final int ENHANCED_HEADER_BYTES = 32;

    /** Type and length in front of a body, and the length again behind it. */
    private static final int MIN_BLOCK_BYTES = 12;

    /** Cap of a block that is interpreted: the longest packet and 64 KiB of options. */
    private static final int MAX_READ_BLOCK_BYTES = MAX_CAPTURED_BYTES + 64 * 1024;

    /** Cap of a block that is skipped; Wireshark has the same. */
    private static final int MAX_SKIPPED_BLOCK_BYTES = 16 * 1024 * 1024;

    private final ByteWindow window;
    private final InterfaceTable interfaces;

    private PcapngFormat(ByteWindow window) {
        this.window = window;
        this.interfaces = new InterfaceTable(window);
    }

    /** Checks the first section header; the window stands at its start and holds at least the block type. */
    static PcapngFormat open(ByteWindow window) throws CaptureException {
        PcapngFormat format = new PcapngFormat(window);
        if (!window.require(SECTION_HEADER_BYTES)) {
            throw window.fault(
                    0,
                    "cut after " + window.remaining() + " bytes of the " + SECTION_HEADER_BYTES
                            + "-byte pcapng section header");
        }
        format.readSectionHeader();
        return format;
    }

    @Override
    public int next(CapturedRecord out) throws CaptureException {
        while (window.require(MIN_BLOCK_BYTES)) {
            int type = window.i32(0);
            if (type == SECTION_HEADER) {
                if (!window.require(SECTION_HEADER_BYTES)) {
                    return CUT;
                }
                readSectionHeader();
            }
            long length = checkedLength(type);
            if (!isRead(type)) {
                if (!skipBlock(length)) {
                    return CUT;
                }
                continue;
            }
            if (!window.require((int) length)) {
                return CUT;
            }
            checkTrailer(window.offset(), length, window.u32((int) length - 4));
            if (type == INTERFACE_DESCRIPTION) {
                interfaces.add((int) length);
                window.advance((int) length);
                continue;
            }
            readPacket(type, (int) length, out);
            window.advance((int) length);
            return PACKET;
        }
        return window.remaining() > 0 ? CUT : END;
    }

    /** Finds the byte order of a section and forgets the interfaces of the one before; consumes nothing. */
    private void readSectionHeader() throws CaptureException {
        window.byteOrder(ByteOrder.LITTLE_ENDIAN);
        if (window.i32(8) != BYTE_ORDER_MAGIC) {
            window.byteOrder(ByteOrder.BIG_ENDIAN);
        }
        if (window.i32(8) != BYTE_ORDER_MAGIC) {
            throw window.fault(
                    window.offset() + 8,
                    String.format(
                            Locale.ROOT,
                            "pcapng byte order magic %08x, allowed 1a2b3c4d in either byte order",
                            window.i32(8)));
        }
        int major = window.u16(12);
        int minor = window.u16(14);
        if (major != 1 || (minor != 0 && minor != 2)) {
            throw window.fault(window.offset() + 12, "pcapng version " + major + "." + minor + ", allowed 1.0 and 1.2");
        }
        interfaces.clear();
    }

    /** True for blocks that are interpreted beyond their lengths; of a section header only the fixed part is. */
    private static boolean isRead(int type) {
        return type == INTERFACE_DESCRIPTION
                || type == ENHANCED_PACKET
                || type == SIMPLE_PACKET
                || type == OBSOLETE_PACKET;
    }

    private long checkedLength(int type) throws CaptureException {
        long length = window.u32(4);
        int least = switch (type) {
            case SECTION_HEADER -> SECTION_HEADER_BYTES;
            case INTERFACE_DESCRIPTION -> INTERFACE_HEADER_BYTES;
            case SIMPLE_PACKET -> SIMPLE_HEADER_BYTES;
            case ENHANCED_PACKET, OBSOLETE_PACKET -> ENHANCED_HEADER_BYTES;
            default -> MIN_BLOCK_BYTES;
        };
        int most = isRead(type) ? MAX_READ_BLOCK_BYTES : MAX_SKIPPED_BLOCK_BYTES;
        if (length < least || length > most || length % 4 != 0) {
            throw window.fault(
                    window.offset(),
                    "length " + length + " of a pcapng block of type " + Integer.toUnsignedString(type)
                            + ", allowed multiples of 4 from " + least + " to " + most);
        }
        return length;
    }

    private boolean skipBlock(long length) throws CaptureException {
        long offset = window.offset();
        if (!window.skip(length - 4) || !window.require(4)) {
            return false;
        }
        checkTrailer(offset, length, window.u32(0));
        window.advance(4);
        return true;
    }

    private void checkTrailer(long offset, long length, long trailer) throws CaptureException {
        if (trailer != length) {
            throw window.fault(
                    offset, "pcapng block length " + length + " in front and " + trailer + " behind, allowed the same");
        }
    }

    private void readPacket(int type, int length, CapturedRecord out) throws CaptureException {
        long offset = window.offset();
        out.offset = offset;
        if (type == SIMPLE_PACKET) {
            readSimplePacket(offset, length, out);
            return;
        }
        // Both kinds have the timestamp at 12, the lengths at 20; only the interface number has another width.
        long id = type == ENHANCED_PACKET ? window.u32(8) : window.u16(8);
        int index = interfaces.index(offset, id);
        int capturedBytes = capturedBytes(offset, window.u32(20), length - ENHANCED_HEADER_BYTES);
        out.dataOffset = window.position() + ENHANCED_HEADER_BYTES - 4;
        out.capturedBytes = capturedBytes;
        out.wireBytes = RecordFormat.wireBytes(window, offset, window.u32(24), capturedBytes);
        out.timeNs = interfaces.timeNs(offset, index, window.u32(12) << 32 | window.u32(16));
        out.linkType = interfaces.linkType(index);
    }

    private void readSimplePacket(long offset, int length, CapturedRecord out) throws CaptureException {
        int index = interfaces.index(offset, 0);
        long wire = window.u32(8);
        int snapLength = interfaces.snapLength(index);
        long captured = snapLength == 0 ? wire : Math.min(wire, snapLength & 0xffffffffL);
        out.capturedBytes = capturedBytes(offset, captured, length - SIMPLE_HEADER_BYTES);
        out.wireBytes = RecordFormat.wireBytes(window, offset, wire, out.capturedBytes);
        out.dataOffset = window.position() + SIMPLE_HEADER_BYTES - 4;
        out.timeNs = CapturedRecord.NO_TIME;
        out.linkType = interfaces.linkType(index);
    }

    private int capturedBytes(long offset, long captured, int roomBytes) throws CaptureException {
        int bytes = RecordFormat.capturedBytes(window, offset, captured);
        if (bytes > roomBytes) {
            throw window.fault(
                    offset, "captured length " + bytes + ", allowed up to the " + roomBytes + " bytes of the block");
        }
        return bytes;
    }
}
