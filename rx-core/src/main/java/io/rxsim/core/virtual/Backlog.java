package io.rxsim.core.virtual;

/** The two queues of one CPU's backlog: what any CPU may append to, and the batch its owner works on. */
final class Backlog {
    final PacketFifo input;
    final PacketFifo process;
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
