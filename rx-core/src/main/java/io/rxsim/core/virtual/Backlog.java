package io.rxsim.core.virtual;

/** The two queues of one CPU's backlog: what any CPU may append to, and the batch its owner works on. */
final class Backlog {
    final PacketFifo input;
    final PacketFifo process;
    /** Whether the CPU's thread is to poll it (NAPI_STATE_SCHED_THREADED). */
    boolean schedThreaded;
    /** Longest the input queue has been. */
    int longestInput;

    Backlog(PacketPool pool) {
        this.input = new PacketFifo(pool);
        this.process = new PacketFifo(pool);
    }

    void add(int packet) {
        input.add(packet);
        longestInput = Math.max(longestInput, input.length());
    }
}
