package io.rxsim.core.virtual;

/** The two queues of one CPU's backlog: what any CPU may append to, and the batch its owner works on. */
final class Backlog {
    final PacketFifo input;
    final PacketFifo process;
    /** Weight of the backlog's NAPI instance as the next poll will read it. */
    int weight;
    /** Longest the input queue has been. */
    int longestInput;

    Backlog(PacketPool pool, int weight) {
        this.input = new PacketFifo(pool);
        this.process = new PacketFifo(pool);
        this.weight = weight;
    }

    void add(int packet) {
        input.add(packet);
        longestInput = Math.max(longestInput, input.length());
    }
}
