package io.rxsim.workload.capture;

import io.rxsim.core.packet.LinkType;

/** The walk over the records of one capture format. Used by one thread; allocates nothing per packet. */
interface RecordFormat {
    /** A packet was found. */
    int PACKET = 1;

    /** The capture ended after a whole record. */
    int END = 0;

    /** The capture ended inside a packet or block. */
    int CUT = -1;

    /**
     * Longest packet data that is accepted, libpcap's largest snap length. A longer one is taken for a damaged length: it is
     * refused before anything of that size is read or allocated.
     */
    int MAX_CAPTURED_BYTES = 256 * 1024;

    /** Longest length on the wire that is accepted; Linux' largest GSO packet has half of it. */
    int MAX_WIRE_BYTES = 1024 * 1024;

    /** Advances to the next packet and describes it in {@code out}; returns PACKET, END or CUT. */
    int next(CapturedRecord out) throws CaptureException;

    /** Checks a captured length of the file against the cap. */
    static int capturedBytes(ByteWindow window, long offset, long length) throws CaptureException {
        if (length > MAX_CAPTURED_BYTES) {
            throw window.fault(offset, "captured length " + length + ", allowed up to " + MAX_CAPTURED_BYTES);
        }
        return (int) length;
    }

    /** Checks an original length of the file against the cap; some writers leave it 0, then it is the captured one. */
    static int wireBytes(ByteWindow window, long offset, long length, int capturedBytes) throws CaptureException {
        if (length > MAX_WIRE_BYTES) {
            throw window.fault(offset, "original length " + length + ", allowed up to " + MAX_WIRE_BYTES);
        }
        return Math.max((int) length, capturedBytes);
    }

    /** Finds the link type of a number in the file. */
    static LinkType linkType(ByteWindow window, long offset, int number) throws CaptureException {
        try {
            return LinkType.of(number);
        } catch (IllegalArgumentException e) {
            throw window.fault(offset, e.getMessage());
        }
    }

    /** Checks the lengths of a packet to be written, so that this package reads what it writes. */
    static void checkWritten(int capturedLength, int wireLength) {
        if (capturedLength < 0 || capturedLength > MAX_CAPTURED_BYTES) {
            throw new IllegalArgumentException(
                    "capturedLength=" + capturedLength + " is outside 0.." + MAX_CAPTURED_BYTES);
        }
        if (wireLength < capturedLength || wireLength > MAX_WIRE_BYTES) {
            throw new IllegalArgumentException(
                    "wireLength=" + wireLength + " is outside " + capturedLength + ".." + MAX_WIRE_BYTES);
        }
    }
}
