package io.rxsim.core.packet;

import java.util.Arrays;

/** The growing bytes of a frame and the length fields to fill at its end. One thread. */
final class FrameBytes {
    private byte[] bytes = new byte[256];
    private int length;
    private int[] lengthFields = new int[8];
    private int lengthFieldCount;

    int length() {
        return length;
    }

    void put(int value, int count) {
        if (length + count > bytes.length) {
            bytes = Arrays.copyOf(bytes, 2 * bytes.length);
        }
        length += count;
        set(length - count, value, count);
    }

    void putLong(long value) {
        put((int) (value >>> 32), 4);
        put((int) value, 4);
    }

    void set(int position, int value, int count) {
        for (int i = 0; i < count; i++) {
            bytes[position + i] = (byte) (value >>> (8 * (count - 1 - i)));
        }
    }

    /** Notes that a header of this {@link LengthField} kind begins here. */
    void lengthField(int kind) {
        if (lengthFieldCount == lengthFields.length) {
            lengthFields = Arrays.copyOf(lengthFields, 2 * lengthFieldCount);
        }
        lengthFields[lengthFieldCount++] = length << 2 | kind;
    }

    byte[] build() {
        byte[] frame = Arrays.copyOf(bytes, length);
        for (int i = 0; i < lengthFieldCount; i++) {
            LengthField.fill(frame, lengthFields[i] >>> 2, lengthFields[i] & 3);
        }
        return frame;
    }
}
