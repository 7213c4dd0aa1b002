package io.rxsim.core.softnet;

/**
 * Whether a backlog takes one more packet ({@code enqueue_to_backlog}, net/core/dev.c; both eras).
 *
 * <p>Only the input queue counts, and the test is {@code <=} on unsigned numbers: a limit of n keeps n + 1 packets, 0 keeps
 * one, a negative limit is none. The unlocked peek of 6.18 decides the same in an engine whose steps do not overlap.
 */
public final class BacklogAdmission {
    private BacklogAdmission() {}

    /** Whether the packet is accepted. */
    public static boolean accepts(int inputQueueLength, int netdevMaxBacklog) {
        return Integer.compareUnsigned(inputQueueLength, netdevMaxBacklog) <= 0;
    }
}
