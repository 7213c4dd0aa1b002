package io.rxsim.core.live;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Stops all softirq threads between two receive actions, makes a change, and lets them go on ({@code stop_machine},
 * kernel/stop_machine.c, by which the kernel takes a CPU down).
 *
 * <p>While the machine is stopped the thread that changes it owns everything that softirq threads own; the lock here
 * orders its writes before whatever they do next. So no setting costs the packets a volatile read.
 */
final class StopMachine {
    private final PaddedLong requested = new PaddedLong(0);
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private int parties;
    private int arrived;
    private long generation;

    /** Softirq thread, as it starts. */
    void join() {
        lock.lock();
        try {
            parties++;
        } finally {
            lock.unlock();
        }
    }

    /** Softirq thread, as it ends. */
    void leave() {
        lock.lock();
        try {
            parties--;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Whether softirq threads are to stop; volatile, pairs with the write in {@link #run}. */
    boolean isRequested() {
        return requested.full() != 0;
    }

    /** Softirq thread, between two actions: the same, cheaply. */
    boolean seemsRequested() {
        return requested.opaque() != 0;
    }

    /** Softirq thread: waits until the change is made. */
    void arrive() {
        lock.lock();
        try {
            long mine = generation;
            arrived++;
            changed.signalAll();
            while (requested.plain() != 0 && mine == generation) {
                changed.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Makes a change while all softirq threads stand still. One change at a time.
     *
     * @param wakeAll wakes the threads that sleep
     * @param patienceNs how long to wait for them
     * @throws IllegalStateException if a thread does not stop in time; nothing was changed then
     */
    synchronized void run(Runnable change, Runnable wakeAll, long patienceNs) {
        lock.lock();
        try {
            arrived = 0;
            requested.full(1);
        } finally {
            lock.unlock();
        }
        wakeAll.run();
        lock.lock();
        try {
            awaitAll(patienceNs);
            change.run();
        } finally {
            generation++;
            requested.full(0);
            changed.signalAll();
            lock.unlock();
        }
    }

    private void awaitAll(long patienceNs) {
        boolean interrupted = false;
        long leftNs = patienceNs;
        while (arrived < parties && leftNs > 0) {
            long sinceNs = System.nanoTime();
            try {
                leftNs = changed.awaitNanos(leftNs);
            } catch (InterruptedException e) {
                interrupted = true;
                leftNs -= System.nanoTime() - sinceNs;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        if (arrived < parties) {
            throw new IllegalStateException((parties - arrived) + " of " + parties
                    + " softirq threads did not stop within " + TimeUnit.NANOSECONDS.toMillis(patienceNs)
                    + " ms; a policy or a drop handler that blocks keeps them");
        }
    }
}
