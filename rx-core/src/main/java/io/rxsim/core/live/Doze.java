package io.rxsim.core.live;

import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * How a thread sleeps until there is work, and is woken once: the idle CPU and the inter-processor interrupt that ends it.
 *
 * <p>A waker first makes its work visible by a volatile write, then calls {@link #wake}, which reads the sleeper's state. The
 * sleeper first announces its sleep by a volatile write, then looks for work. In the total order of volatile accesses one of the two
 * comes first, so either the waker sees the sleeper, or the sleeper sees the work. Only one of many wakers unparks.
 *
 * <p>Not final, so that a model checker can put a park in place that never returns by itself.
 */
class Doze {
    private static final long AWAKE = 0;
    private static final long ASLEEP = 1;
    private static final int SPINS = 100;
    private static final int YIELDS = 100;
    private static final long NAP_NS = 50_000;

    private final PaddedLong state = new PaddedLong(AWAKE);
    private final PaddedLong wakeUps = new PaddedLong(0);
    private Thread sleeper;
    private int idleRounds;

    /** The owner, before it sleeps for the first time, and at each change of owner: who sleeps here. */
    void owner(Thread thread) {
        sleeper = thread;
    }

    /** Any thread, after a volatile write that made work visible. True if this call ended a sleep. */
    boolean wake() {
        // Pairs with the write of ASLEEP in sleep(); the read of sleeper is ordered by it.
        if (state.full() == ASLEEP && state.compareAndSet(ASLEEP, AWAKE)) {
            unpark(sleeper);
            wakeUps.fetchAdd(1);
            return true;
        }
        return false;
    }

    /** Owner: there was work. */
    void busy() {
        idleRounds = 0;
    }

    /** Owner: there was none; waits a little or until woken. {@code hasWork} reads what wakers write, volatile. */
    void idle(LiveWait wait, BooleanSupplier hasWork) {
        idle(wait, hasWork, 0);
    }

    /** The same, sleeping no longer than {@code nanos} at a time; 0 is for ever. */
    @SuppressWarnings("ThreadPriorityCheck") // Yielding is what this strategy promises.
    void idle(LiveWait wait, BooleanSupplier hasWork, long nanos) {
        if (wait == LiveWait.BUSY_SPIN || ++idleRounds <= SPINS) {
            Thread.onSpinWait();
        } else if (wait == LiveWait.YIELD || wait == LiveWait.SLEEP && idleRounds <= SPINS + YIELDS) {
            Thread.yield();
        } else if (wait == LiveWait.SLEEP) {
            LockSupport.parkNanos(this, NAP_NS);
        } else {
            sleep(hasWork, nanos);
        }
    }

    /** Owner: sleeps unless there is work, until woken, or no longer than {@code nanos}; 0 is for ever. */
    final void sleep(BooleanSupplier hasWork, long nanos) {
        state.full(ASLEEP);
        if (!hasWork.getAsBoolean()) {
            park(nanos);
        }
        state.full(AWAKE);
    }

    void park(long nanos) {
        if (nanos == 0) {
            LockSupport.park(this);
        } else {
            LockSupport.parkNanos(this, nanos);
        }
    }

    void unpark(Thread thread) {
        LockSupport.unpark(thread);
    }

    /** Sleeps that a waker ended. */
    long wakeUps() {
        return wakeUps.opaque();
    }
}
