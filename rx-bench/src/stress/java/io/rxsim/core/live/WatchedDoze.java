package io.rxsim.core.live;

/** A sleep that only a waker ends: {@code LockSupport.park} may return by itself, which would hide a lost wake-up. */
final class WatchedDoze extends Doze {
    private boolean permit;
    private int unparks;

    @Override
    synchronized void park(long nanos) {
        boolean interrupted = false;
        while (!permit) {
            try {
                wait();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        permit = false;
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    synchronized void unpark(Thread thread) {
        permit = true;
        unparks++;
        notifyAll();
    }

    synchronized int unparks() {
        return unparks;
    }
}
