package io.rxsim.core.padata.live;

import io.rxsim.core.padata.PadataDomain;

/** A thread's wait until few enough jobs are in flight, or one has thrown. Used again by the same thread when it is over. */
final class RoomWait implements Wait {
    final Thread thread = Thread.currentThread();
    private final PadataThreads machine;
    private PadataDomain domain;
    private long atMost;

    RoomWait(PadataThreads machine) {
        this.machine = machine;
    }

    /** Its thread, while the wait is not among the machine's. */
    void begin(PadataDomain of, long jobs) {
        domain = of;
        atMost = jobs;
    }

    @Override
    public boolean isOver() {
        return domain.inFlight() <= atMost || machine.failure() != null;
    }
}
