package io.rxsim.core.live;

import java.lang.invoke.VarHandle;

/**
 * The SCHED bit of one NAPI instance, of an RX queue or of a backlog ({@code napi_schedule_prep}, {@code napi_complete_done},
 * net/core/dev.c, 6.18), and the interrupt that announces it.
 *
 * <p>The state is IDLE, RAISED (SCHED set, interrupt on its way) or LISTED (on the poll list of its CPU). Whoever adds work
 * first writes the work, then passes a full fence, then calls {@link #raise}; the owner first {@link #complete}s, which is a
 * full fence, then looks for work once more. One of the two sees the other: work never lies in a queue whose instance is
 * IDLE after both are done. The kernel gets the same from the lock of the queue.
 */
final class NapiState {
    private static final long IDLE = 0;
    private static final long RAISED = 1;
    private static final long LISTED = 2;

    private final PaddedLong state = new PaddedLong(IDLE);

    /** After a full fence, any thread: sets SCHED; true if it was clear, so that the caller must interrupt the owner. */
    boolean raise() {
        // Pairs with complete(): its IDLE is seen here, or the caller's work is seen by the owner's second look.
        return state.opaque() == IDLE && state.compareAndSet(IDLE, RAISED);
    }

    /** Owner, or anyone before it sleeps or wakes: whether an interrupt waits. */
    boolean isRaised() {
        return state.full() == RAISED;
    }

    /** Owner: takes the interrupt; true if there was one, so that the instance goes on the poll list. */
    boolean take() {
        // Acquire: what the last poller left, maybe on another CPU, came here through complete() and raise().
        if (state.acquire() != RAISED) {
            return false;
        }
        // Nobody but the owner leaves RAISED.
        state.opaque(LISTED);
        return true;
    }

    /** Owner: sets SCHED without an interrupt; true if it was clear. */
    boolean list() {
        return state.opaque() == IDLE && state.compareAndSet(IDLE, LISTED);
    }

    /** Owner: clears SCHED. A look for work must follow. */
    void complete() {
        state.full(IDLE);
        VarHandle.fullFence();
    }

    /** While the machine is stopped: as if a new interrupt waited for a new owner, if the instance was scheduled at all. */
    void reraise() {
        if (state.plain() == LISTED) {
            state.full(RAISED);
        }
    }

    /** While the machine is stopped: clears SCHED. */
    void clear() {
        state.full(IDLE);
    }
}
