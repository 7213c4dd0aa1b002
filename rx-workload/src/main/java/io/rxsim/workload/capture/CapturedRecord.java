package io.rxsim.workload.capture;

/** Where the packet of one record lies in the window and what its header says; filled anew for every record. */
final class CapturedRecord {
    /** Index of the first byte in the window's array. */
    int dataOffset;

    int capturedBytes;
    int wireBytes;

    /** Nanoseconds since 1970, or {@link #NO_TIME}. */
    long timeNs;

    /** Number of the link type, as registered by tcpdump.org. */
    int linkType;

    /** Offset of the record in the capture. */
    long offset;

    /** The record carries no timestamp. */
    static final long NO_TIME = -1;
}
