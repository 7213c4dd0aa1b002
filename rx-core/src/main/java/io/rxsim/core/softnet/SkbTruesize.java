package io.rxsim.core.softnet;

/**
 * What a packet costs a socket's receive buffer ({@code SKB_TRUESIZE}, include/linux/skbuff.h, 6.18, x86-64): the packet
 * structure, and the data area with headroom and shared info rounded up as the allocator rounds it.
 *
 * <p>Deviation: drivers that receive into page fragments charge their fragment size (often 2304 for any frame); here a small
 * frame is charged the small data area that a copying driver gives it.
 */
public final class SkbTruesize {
    private static final int SK_BUFF = 256;
    private static final int SHARED_INFO = 320;
    private static final int HEADROOM = 64;
    private static final int SMALLEST_AREA = 512;

    private SkbTruesize() {}

    /** Truesize in bytes of a frame of {@code lengthBytes}. */
    public static int of(int lengthBytes) {
        int area = Math.max(SMALLEST_AREA, lengthBytes + HEADROOM + SHARED_INFO);
        return SK_BUFF + (Integer.highestOneBit(area - 1) << 1);
    }
}
