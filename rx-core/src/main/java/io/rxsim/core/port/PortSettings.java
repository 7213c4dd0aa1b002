package io.rxsim.core.port;

import io.rxsim.core.kernel.KernelRules;
import io.rxsim.core.kernel.Rule;

/**
 * The settings of one network namespace that decide about local ports. Fields may change between calls, as sysctls do. One
 * thread.
 */
public final class PortSettings {
    /** Length of TIME_WAIT, TCP_TIMEWAIT_LEN (include/net/tcp.h). */
    public static final long TIME_WAIT_NS = 60_000_000_000L;

    /** {@link #tcpTwReuse}: connections over loopback may reuse a TIME_WAIT port, others not; the default since 4.19. */
    public static final int REUSE_LOOPBACK = 2;

    /** Default of tcp_max_tw_buckets on a machine with some gigabytes. */
    public static final int DEFAULT_MAX_TW_BUCKETS = 262_144;

    /** Whose rules are in force. */
    public final KernelRules rules;

    /** ip_local_reserved_ports. */
    public final LocalReservedPorts reserved = new LocalReservedPorts();

    /** ip_local_port_range. */
    public final LocalPortRange range;

    /** ip_unprivileged_port_start. */
    public int unprivilegedPortStart = 1024;

    /** ip_autobind_reuse: bind(0) with SO_REUSEADDR may share a port when none is left; 6.18 only. */
    public boolean autobindReuse;

    /** tcp_tw_reuse: 0 never, 1 always, {@link #REUSE_LOOPBACK}; needs timestamps. */
    public int tcpTwReuse;

    /** tcp_tw_reuse_delay in milliseconds; 6.18 only, 2.6.35 waits for the second but one. */
    public int tcpTwReuseDelayMs = 1000;

    /** tcp_timestamps of both ends. */
    public boolean tcpTimestamps = true;

    /** tcp_max_tw_buckets: a connection that would be one more is forgotten at once. */
    public int tcpMaxTwBuckets = DEFAULT_MAX_TW_BUCKETS;

    /** How long a connection stays in TIME_WAIT; a constant of the kernel, here to be tried; set before the first connection. */
    public long timeWaitNs = TIME_WAIT_NS;

    /** Slots of the table of datagram sockets, a power of two; the kernel takes 256 or more, by memory. */
    public int udpSlots = 4096;

    /** The defaults of a kernel. */
    public PortSettings(KernelRules rules) {
        this.rules = rules;
        range = new LocalPortRange(rules);
        tcpTwReuse = isModern() ? REUSE_LOOPBACK : 0;
    }

    /** Whether ports are searched by parity. */
    boolean isModern() {
        return rules.has(Rule.PORT_PARITY);
    }
}
