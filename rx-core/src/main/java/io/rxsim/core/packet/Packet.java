package io.rxsim.core.packet;

import java.util.Objects;

/**
 * One packet as captured or generated: a window on somebody else's byte array.
 *
 * <p>Models: the part of a packet that a capture holds; {@code capturedLength} bytes are readable, {@code wireLength} were
 * on the wire.
 *
 * <p>A flyweight: reused for every packet by {@link #wrap}, and valid until the array is overwritten. One thread.
 */
public final class Packet {
    private static final byte[] NO_DATA = {};

    byte[] data = NO_DATA;
    int offset;
    int capturedLength;
    LinkType linkType = LinkType.ETHERNET;
    private int wireLength;
    private long timeNs;

    /** Creates an empty packet; {@link #wrap} gives it its bytes. */
    public Packet() {}

    /**
     * Points this packet at its bytes; nothing is copied.
     *
     * @param bytes the array, kept by reference
     * @param offsetBytes where the packet begins
     * @param capturedLengthBytes how many bytes are there
     * @param type what the first byte belongs to
     * @return this
     * @throws IndexOutOfBoundsException if the range is not inside the array
     */
    public Packet wrap(byte[] bytes, int offsetBytes, int capturedLengthBytes, LinkType type) {
        Objects.checkFromIndexSize(offsetBytes, capturedLengthBytes, bytes.length);
        data = bytes;
        offset = offsetBytes;
        capturedLength = capturedLengthBytes;
        wireLength = capturedLengthBytes;
        linkType = Objects.requireNonNull(type, "linkType");
        return this;
    }

    /**
     * Sets when the packet was captured and how long it was on the wire; {@link #wrap} sets the wire length to the captured
     * length and leaves the time.
     *
     * @param captureTimeNs time of capture, in nanoseconds of the capture's own epoch
     * @param wireLengthBytes length on the wire; not held against the captured length
     * @return this
     */
    public Packet stamp(long captureTimeNs, int wireLengthBytes) {
        timeNs = captureTimeNs;
        wireLength = wireLengthBytes;
        return this;
    }

    /**
     * Returns the array the packet lies in.
     *
     * @return the array itself
     */
    public byte[] data() {
        return data;
    }

    /**
     * Returns where the packet begins in {@link #data()}.
     *
     * @return an index
     */
    public int offset() {
        return offset;
    }

    /**
     * Returns how many bytes are there.
     *
     * @return captured length in bytes
     */
    public int capturedLength() {
        return capturedLength;
    }

    /**
     * Returns how many bytes were on the wire.
     *
     * @return wire length in bytes
     */
    public int wireLength() {
        return wireLength;
    }

    /**
     * Returns the time of capture.
     *
     * @return nanoseconds of the capture's own epoch
     */
    public long timeNs() {
        return timeNs;
    }

    /**
     * Returns what the first byte belongs to.
     *
     * @return the link type
     */
    public LinkType linkType() {
        return linkType;
    }
}
