package io.rxsim.workload.capture;

import io.rxsim.core.packet.LinkType;

/** Where the packet of one record lies in the window and what its header says; filled anew for every record. */
final class CapturedRecord {
    /** Value of {@link #timeNs} of a record without timestamp. */
    static final long NO_TIME = -1;

    /** Index of the first byte in the window's array. */
    int dataOffset;

    int capturedBytes;
    int wireBytes;

    /** Nanoseconds since 1970, not negative, or {@link #NO_TIME}. */
    long timeNs;

    LinkType linkType = LinkType.ETHERNET;

    /** Offset of the record in the capture. */
    long offset;
}
