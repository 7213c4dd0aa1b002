package io.rxsim.core.port;

/** What a TCP socket is, as far as its port goes. */
final class TcpState {
    /** No port, or one that connect chose for a socket that is gone. */
    static final byte CLOSED = 0;

    static final byte BOUND = 1;
    static final byte LISTEN = 2;
    static final byte ESTABLISHED = 3;
    static final byte TIME_WAIT = 4;

    private TcpState() {}
}
