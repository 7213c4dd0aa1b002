package io.rxsim.core.port;

/** What a TCP socket is, as far as its port goes. */
final class TcpState {
    /** No port, or one that connect chose for a socket that is gone. */
    static final int CLOSED = 0;

    static final int BOUND = 1;
    static final int LISTEN = 2;
    static final int ESTABLISHED = 3;
    static final int TIME_WAIT = 4;

    private TcpState() {}
}
