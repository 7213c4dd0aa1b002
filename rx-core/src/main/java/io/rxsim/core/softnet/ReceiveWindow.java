package io.rxsim.core.softnet;

/**
 * How many segments of one size a socket advertises ({@code __tcp_select_window}, net/ipv4/tcp_output.c, and {@code
 * tcp_win_from_space}, include/net/tcp.h; 6.18). What is free of the receive buffer counts as window in the ratio of payload to
 * truesize of a segment; less than a segment, or than a sixteenth of the whole, is none.
 *
 * <p>Deviations: the window that grows with what is received ({@code rcv_ssthresh}) has its bound from the start, all that fits
 * but one segment; the buffer is not tuned to the flow ({@code tcp_rcv_space_adjust}); 2.6.35, which counts three quarters of the
 * space and learns from what arrives, is taken to know the ratio too. Immutable; any thread.
 */
public final class ReceiveWindow {
    private static final int RATIO_SHIFT = 8;
    private static final int LEAST_SHARE_SHIFT = 4;

    private final int rcvbufBytes;
    private final int segmentBytes;
    private final long ratio;
    private final int most;

    /**
     * The window of sockets with a buffer.
     *
     * @param rcvbufBytes receive buffer in truesize bytes
     * @param segmentBytes payload of a segment
     * @param truesize what a segment costs the buffer
     * @throws IllegalArgumentException if the buffer does not hold two segments
     */
    public ReceiveWindow(int rcvbufBytes, int segmentBytes, int truesize) {
        this.rcvbufBytes = rcvbufBytes;
        this.segmentBytes = segmentBytes;
        ratio = Math.max(1, ((long) segmentBytes << RATIO_SHIFT) / truesize);
        most = (int) (space(0) / segmentBytes) - 1;
        if (most < 1) {
            throw new IllegalArgumentException("rmem_default=" + rcvbufBytes + " holds fewer than two segments of "
                    + segmentBytes + " bytes, each " + truesize + " in truesize");
        }
    }

    private long space(int usedBytes) {
        return Math.max(0, rcvbufBytes - (long) usedBytes) * ratio >> RATIO_SHIFT;
    }

    /** Segments that are advertised at most, and at first. */
    public int most() {
        return most;
    }

    /** Segments to advertise while {@code usedBytes} of the buffer are in use. */
    public int select(int usedBytes) {
        final long free = space(usedBytes);
        return free < space(0) >> LEAST_SHARE_SHIFT ? 0 : (int) Math.min(most, free / segmentBytes);
    }
}
