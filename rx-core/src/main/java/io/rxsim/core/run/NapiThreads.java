package io.rxsim.core.run;

/**
 * Which NAPI instances threads poll instead of the softirq; 6.18 only, none is the default.
 *
 * @param nic those of the RX queues, from the start: {@code /sys/class/net/D/threaded} is 1 (since 5.12)
 * @param backlog those of the CPUs' backlogs, when another CPU wakes them: the kernel was started with {@code
 *     thread_backlog_napi} (since 6.10)
 */
public record NapiThreads(boolean nic, boolean backlog) {
    /** The softirq polls all. */
    public static final NapiThreads NONE = new NapiThreads(false, false);
}
