package io.rxsim.core.virtual;

/** Events packed in a {@code long}: kind in the upper 8 bits, CPU or queue in the next 24, epoch in the lower 32. */
final class Event {
    /** A CPU finishes what it does; stale unless the epoch is the CPU's. */
    static final int CPU_STEP = 0;
    /** The interrupt of an RX queue fires. */
    static final int RX_IRQ = 1;
    /** An inter-processor interrupt for a CPU's backlog arrives. */
    static final int RPS_IPI = 2;
    /** A CPU is told that a thread became runnable. */
    static final int RESCHEDULE = 3;
    /** An application thread moves. */
    static final int THREAD_MOVE = 4;

    /** The next request of a closed-loop client reaches the NIC; the subject is its flow. */
    static final int CLIENT_REQUEST = 5;
    /** The scheduler evens out the run queues. */
    static final int BALANCE = 6;
    /** A packet that a client's transport sends again reaches the NIC; the epoch names what was lost. */
    static final int CLIENT_RETRANSMISSION = 7;
    /** Something is done to the host; the subject is its place in the timeline. */
    static final int CHANGE = 8;
    /** The driver looks for n-tuple filters that may go. */
    static final int NTUPLE_SCAN = 12;

    /** The timer of a delayed acknowledgement expires; the subject is its flow. */
    static final int DELAYED_ACK = 9;

    /** A segment of a stream has left the client's NIC; the subject is its flow. */
    static final int CLIENT_LEFT = 10;
    /** An acknowledgement reaches the client of a stream. */
    static final int CLIENT_ACK = 11;

    private Event() {}

    static long of(int kind, int subject, int epoch) {
        return ((long) kind << 56) | ((long) subject << 32) | (epoch & 0xffffffffL);
    }

    static int kind(long event) {
        return (int) (event >>> 56);
    }

    static int subject(long event) {
        return (int) (event >>> 32) & 0xffffff;
    }

    /** Whether an event of a kind is or leads to work of a CPU even when nothing arrives any more. */
    static boolean isWork(int kind) {
        return switch (kind) {
            case THREAD_MOVE, CLIENT_REQUEST, CLIENT_RETRANSMISSION, BALANCE, CHANGE -> false;
            case NTUPLE_SCAN, DELAYED_ACK, CLIENT_LEFT, CLIENT_ACK -> false;
            default -> true;
        };
    }

    static int epoch(long event) {
        return (int) event;
    }
}
