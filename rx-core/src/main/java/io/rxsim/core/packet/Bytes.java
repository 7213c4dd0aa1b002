package io.rxsim.core.packet;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Loads of header fields from a byte array at any alignment; the caller has checked the bounds. Stateless. */
final class Bytes {
    private static final VarHandle SHORT_BE = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INT_BE = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONG_BE = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private Bytes() {}

    static int u8(byte[] data, int index) {
        return data[index] & 0xff;
    }

    static int u16(byte[] data, int index) {
        return (short) SHORT_BE.get(data, index) & 0xffff;
    }

    static int i32(byte[] data, int index) {
        return (int) INT_BE.get(data, index);
    }

    static long i64(byte[] data, int index) {
        return (long) LONG_BE.get(data, index);
    }
}
