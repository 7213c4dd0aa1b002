package io.rxsim.core.packet;

/** The length fields that {@link FrameBuilder} fills once the frame is complete. Stateless. */
final class LengthField {
    static final int IPV4_TOTAL = 0;
    static final int IPV6_PAYLOAD = 1;
    static final int UDP = 2;

    private LengthField() {}

    /** Fills the length field of the header of this kind at {@code header}; the frame ends where the array ends. */
    static void fill(byte[] frame, int header, int kind) {
        int toEnd = frame.length - header;
        switch (kind) {
            case IPV4_TOTAL -> put(frame, header + 2, toEnd);
            case IPV6_PAYLOAD -> put(frame, header + 4, toEnd - 40);
            default -> put(frame, header + 4, toEnd);
        }
    }

    private static void put(byte[] frame, int position, int value) {
        frame[position] = (byte) (value >>> 8);
        frame[position + 1] = (byte) value;
    }
}
