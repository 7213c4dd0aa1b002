package io.rxsim.workload.closedloop;

/**
 * The client host's link: frames leave one after the other, in the order in which they were given, each with preamble, checksum
 * and gap. Exact: parts of nanoseconds are carried over while the link is busy. One thread.
 */
final class ClientLink {
    /** Preamble 8, frame check sequence 4, inter-frame gap 12 bytes (IEEE 802.3). */
    private static final int OVERHEAD_BYTES = 24;

    private static final long NANOS = 1_000_000_000L;

    private final long bitsPerSecond;
    private long freeNs;
    /** What is beyond {@link #freeNs}, in nanoseconds times bits per second. */
    private long carry;

    ClientLink(long bitsPerSecond) {
        this.bitsPerSecond = bitsPerSecond;
    }

    /** A frame of {@code lengthBytes} that is there at a time has left at the returned one. */
    long send(int lengthBytes, long readyNs) {
        if (readyNs > freeNs) {
            freeNs = readyNs;
            carry = 0;
        }
        carry += (lengthBytes + OVERHEAD_BYTES) * 8L * NANOS;
        freeNs += carry / bitsPerSecond;
        carry %= bitsPerSecond;
        return freeNs;
    }
}
