package io.rxsim.core.virtual;

/** What a thread does next. */
enum ThreadPhase {
    /** It is switched to. */
    SWITCH,
    /** It receives a packet. */
    RECV,
    /** It acknowledges what it received. */
    ACK,
    /** It works on the packet. */
    WORK,
    /** It sends an answer. */
    SEND,
    /** It polls a NAPI instance. */
    POLL,
    /** It does a job of padata. */
    KWORK;

    private static final ThreadPhase[] VALUES = values();

    /** The phase with an ordinal. */
    static ThreadPhase of(int ordinal) {
        return VALUES[ordinal];
    }
}
