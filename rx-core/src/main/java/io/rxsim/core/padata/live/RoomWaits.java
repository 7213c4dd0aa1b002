package io.rxsim.core.padata.live;

import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** The threads that wait for jobs to be done. Each is woken once, when few enough are left. */
final class RoomWaits {
    private final List<RoomWait> waits = new ArrayList<>();
    private volatile int count;

    /** Its thread, before its last look. */
    synchronized void add(RoomWait wait) {
        waits.add(wait);
        count = waits.size();
        // Between this and the thread's look at the jobs in flight; pairs with the fence after a serial work's last
        // release.
        VarHandle.fullFence();
    }

    synchronized void remove(RoomWait wait) {
        waits.remove(wait);
        count = waits.size();
    }

    /** Wakes those whose wait is over; the caller has released jobs and made a full fence. */
    void wakeDue() {
        if (count > 0) {
            wakeSome();
        }
    }

    private synchronized void wakeSome() {
        for (int i = 0; i < waits.size(); i++) {
            RoomWait wait = waits.get(i);
            if (wait.thread != Thread.currentThread() && wait.isOver()) {
                LockSupport.unpark(wait.thread);
            }
        }
    }
}
