package io.rxsim.core.softnet;

import io.rxsim.core.kernel.KernelRules;
import io.rxsim.core.kernel.Rule;

/**
 * Calls on a socket, and whether they record the caller's CPU for RFS on entry ({@code sock_rps_record_flow}, include/net/rps.h;
 * net/ipv4/af_inet.c, tcp.c, 6.18 and 2.6.35). A call that fails with EAGAIN, peeks or asks for 0 bytes records as any other;
 * what waits for events never does.
 */
public enum SocketCall {
    /** recv, recvfrom, recvmsg, recvmmsg, read. */
    RECVMSG(true),
    /** The same with MSG_ERRQUEUE. */
    RECVMSG_ERRQUEUE(false),
    /** send, sendto, sendmsg, sendmmsg, write, sendfile. */
    SENDMSG(true),
    /** splice from the socket. */
    SPLICE_READ(true),
    /** accept, for the new socket; not in 2.6.35. */
    ACCEPT(true),
    /** poll. */
    POLL(false),
    /** select. */
    SELECT(false),
    /** epoll_wait. */
    EPOLL_WAIT(false),
    /** getsockopt. */
    GETSOCKOPT(false),
    /** setsockopt. */
    SETSOCKOPT(false),
    /** ioctl. */
    IOCTL(false),
    /** getpeername. */
    GETPEERNAME(false),
    /** shutdown. */
    SHUTDOWN(false),
    /** close of a duplicate, while another descriptor is open. */
    CLOSE_DUPLICATE(false);

    private final boolean records;

    SocketCall(boolean records) {
        this.records = records;
    }

    /** Whether the call records the caller's CPU. */
    public boolean recordsCpu(KernelRules rules) {
        return records && (this != ACCEPT || rules.has(Rule.RECORD_AT_ACCEPT));
    }
}
