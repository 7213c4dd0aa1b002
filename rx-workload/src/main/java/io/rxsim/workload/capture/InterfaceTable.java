package io.rxsim.workload.capture;

import io.rxsim.core.packet.LinkType;
import java.util.Arrays;

/**
 * The interfaces of one pcapng section: link type, snap length, and how its timestamps are to be read ({@code if_tsresol},
 * {@code if_tsoffset}). Converts timestamps exactly, rounding down to nanoseconds. One thread.
 */
final class InterfaceTable {
    private static final int OPTIONS_AT = 16;
    static final int OPTION_END = 0;
    static final int OPTION_TSRESOL = 9;
    private static final int OPTION_TSOFFSET = 14;
    private static final int BINARY_RESOLUTION = 0x80;
    private static final int DEFAULT_RESOLUTION = 6;
    private static final int MAX_DECIMAL = 19;
    private static final int MAX_BINARY = 63;
    private static final int MAX_INTERFACES = 65_536;
    private static final long NS_PER_SECOND = 1_000_000_000L;
    private static final long MAX_SECONDS = Long.MAX_VALUE / NS_PER_SECOND - 1;
    private static final long[] POWER_OF_TEN = new long[MAX_DECIMAL + 1];

    static {
        POWER_OF_TEN[0] = 1;
        for (int i = 1; i <= MAX_DECIMAL; i++) {
            POWER_OF_TEN[i] = POWER_OF_TEN[i - 1] * 10; // 10^19 fits in unsigned 64 bits
        }
    }

    private final ByteWindow window;
    private int count;
    private int[] linkNumber = new int[4];
    private LinkType[] linkType = new LinkType[4];
    private int[] snapLength = new int[4];
    private int[] resolution = new int[4];
    private long[] offsetSeconds = new long[4];

    InterfaceTable(ByteWindow window) {
        this.window = window;
    }

    void clear() {
        count = 0;
    }

    /** Adds the interface of the description block of {@code blockBytes} bytes that lies whole in the window. */
    void add(int blockBytes) throws CaptureException {
        if (count == MAX_INTERFACES) {
            throw window.fault(window.offset(), "more than " + MAX_INTERFACES + " interfaces in a pcapng section");
        }
        if (count == linkType.length) {
            linkNumber = Arrays.copyOf(linkNumber, count * 2);
            linkType = Arrays.copyOf(linkType, count * 2);
            snapLength = Arrays.copyOf(snapLength, count * 2);
            resolution = Arrays.copyOf(resolution, count * 2);
            offsetSeconds = Arrays.copyOf(offsetSeconds, count * 2);
        }
        linkNumber[count] = window.u16(8);
        linkType[count] = null;
        snapLength[count] = window.i32(12);
        resolution[count] = DEFAULT_RESOLUTION;
        offsetSeconds[count] = 0;
        readOptions(blockBytes - 4);
        count++;
    }

    /** Checks an interface number. */
    int index(long offset, long id) throws CaptureException {
        if (id >= count) {
            throw window.fault(
                    offset, "packet of interface " + id + ", allowed the " + count + " interfaces described before it");
        }
        return (int) id;
    }

    /** Link type of an interface, which must be a supported one now that it has a packet. */
    LinkType linkType(int index) throws CaptureException {
        if (linkType[index] == null) {
            linkType[index] = RecordFormat.linkType(window, window.offset(), linkNumber[index]);
        }
        return linkType[index];
    }

    /** Snap length of an interface, 0 for none. */
    int snapLength(int index) {
        return snapLength[index];
    }

    /** Nanoseconds since 1970 of an unsigned timestamp in the units of the interface. */
    long timeNs(long offset, int index, long timestamp) throws CaptureException {
        int exponent = resolution[index] & ~BINARY_RESOLUTION;
        boolean binary = (resolution[index] & BINARY_RESOLUTION) != 0;
        long seconds = binary ? timestamp >>> exponent : Long.divideUnsigned(timestamp, POWER_OF_TEN[exponent]);
        if (seconds < 0 || seconds > MAX_SECONDS - offsetSeconds[index] || seconds + offsetSeconds[index] < 0) {
            throw window.fault(
                    offset,
                    "timestamp " + Long.toUnsignedString(timestamp) + " at resolution "
                            + (binary ? "2^-" : "10^-") + exponent + ", offset " + offsetSeconds[index]
                            + " s, allowed times from 1970 to 2262");
        }
        return (seconds + offsetSeconds[index]) * NS_PER_SECOND
                + (binary ? binaryFractionNs(timestamp, exponent) : decimalFractionNs(timestamp, exponent));
    }

    private static long decimalFractionNs(long timestamp, int exponent) {
        long fraction = Long.remainderUnsigned(timestamp, POWER_OF_TEN[exponent]);
        return exponent <= 9
                ? fraction * POWER_OF_TEN[9 - exponent]
                : Long.divideUnsigned(fraction, POWER_OF_TEN[exponent - 9]);
    }

    private static long binaryFractionNs(long timestamp, int exponent) {
        if (exponent == 0) {
            return 0;
        }
        long fraction = timestamp & (1L << exponent) - 1;
        // fraction * 10^9 has up to 93 bits.
        long high = Math.multiplyHigh(fraction, NS_PER_SECOND);
        return high << (64 - exponent) | (fraction * NS_PER_SECOND) >>> exponent;
    }

    private void readOptions(int end) throws CaptureException {
        int at = OPTIONS_AT;
        while (at + 4 <= end) {
            int code = window.u16(at);
            int length = window.u16(at + 2);
            if (code == OPTION_END) {
                return;
            }
            if (length > end - at - 4) {
                throw window.fault(
                        window.offset() + at,
                        "length " + length + " of interface option " + code + ", allowed up to the " + (end - at - 4)
                                + " bytes left in the block");
            }
            if (code == OPTION_TSRESOL && length == 1) {
                resolution[count] = checkedResolution(at, window.u8(at + 4));
            } else if (code == OPTION_TSOFFSET && length == 8) {
                offsetSeconds[count] = checkedOffset(at, window.i64(at + 4));
            }
            at += 4 + (length + 3 & ~3);
        }
    }

    private int checkedResolution(int at, int value) throws CaptureException {
        boolean binary = (value & BINARY_RESOLUTION) != 0;
        int exponent = value & ~BINARY_RESOLUTION;
        if (exponent > (binary ? MAX_BINARY : MAX_DECIMAL)) {
            throw window.fault(
                    window.offset() + at,
                    "if_tsresol " + (binary ? "2^-" : "10^-") + exponent + ", allowed down to 10^-" + MAX_DECIMAL
                            + " and 2^-" + MAX_BINARY);
        }
        return value;
    }

    private long checkedOffset(int at, long seconds) throws CaptureException {
        if (seconds < -MAX_SECONDS || seconds > MAX_SECONDS) {
            throw window.fault(
                    window.offset() + at,
                    "if_tsoffset " + seconds + ", allowed from -" + MAX_SECONDS + " to " + MAX_SECONDS);
        }
        return seconds;
    }
}
