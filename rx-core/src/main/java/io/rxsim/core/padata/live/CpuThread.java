package io.rxsim.core.padata.live;

import io.rxsim.core.padata.PadataJob;
import io.rxsim.core.padata.PadataWork;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.locks.LockSupport;

/**
 * The thread that stands for a CPU: takes works and runs them, sleeps when there are none.
 *
 * <p>It looks a while before it sleeps, since waking a thread costs some microseconds, and where there are fewer processors than
 * threads it soon gives its processor away instead.
 */
final class CpuThread extends Thread {
    private static final int SPINS = 64;
    private static final int YIELDS = 8;
    private static final VarHandle ASLEEP;

    static {
        try {
            ASLEEP = MethodHandles.lookup().findVarHandle(CpuThread.class, "asleep", boolean.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    final int cpu;
    private final PadataThreads machine;
    /** Set by this thread before its last look, cleared by who wakes it. */
    boolean asleep;

    private volatile boolean stopping;

    CpuThread(PadataThreads machine, int cpu) {
        super("padata-cpu-" + cpu);
        this.machine = machine;
        this.cpu = cpu;
        setDaemon(true);
    }

    @Override
    @SuppressWarnings(
            "ThreadPriorityCheck") // Where threads outnumber processors, a yield is what lets the others work.
    public void run() {
        int idle = 0;
        while (true) {
            if (runSome()) {
                idle = 0;
            } else if (stopping) {
                return;
            } else if (++idle <= SPINS) {
                Thread.onSpinWait();
            } else if (idle <= SPINS + YIELDS) {
                Thread.yield();
            } else {
                sleepUnlessWork();
                idle = 0;
            }
        }
    }

    /** One round over everything this CPU may run; false if there was nothing. */
    private boolean runSome() {
        boolean some = false;
        for (BoundRing ring : machine.rings()) {
            if (ring.isOwnedBy(cpu)) {
                for (PadataWork work = ring.works.poll(); work != null; work = ring.works.poll()) {
                    run(work);
                    some = true;
                }
                ring.handOver(cpu, machine);
            }
        }
        if (machine.isOnline(cpu)) {
            PadataWork work = machine.unbound().poll();
            if (work != null) {
                run(work);
                some = true;
            }
        }
        return some;
    }

    private boolean hasWork() {
        for (BoundRing ring : machine.rings()) {
            if (ring.isOwnedBy(cpu) && (!ring.works.isEmpty() || ring.isToBeHandedOver(cpu))) {
                return true;
            }
        }
        return stopping || (machine.isOnline(cpu) && !machine.unbound().isEmpty());
    }

    private void run(PadataWork work) {
        work.begin();
        for (PadataJob job = work.next(); job != null; job = work.next()) {
            try {
                if (work.isSerial()) {
                    job.serial(cpu);
                } else {
                    job.parallel(cpu);
                }
            } catch (RuntimeException | Error e) {
                machine.onFailure(e);
            }
        }
    }

    private void sleepUnlessWork() {
        // Volatile, then the look: pairs with the fence between publishing a work and the look at this in wake.
        ASLEEP.setVolatile(this, true);
        while ((boolean) ASLEEP.getVolatile(this) && !hasWork()) {
            LockSupport.park(this);
        }
        ASLEEP.setVolatile(this, false);
    }

    /** Wakes the thread if it sleeps; whether it did. The caller has published work and made a full fence. */
    boolean wake() {
        if ((boolean) ASLEEP.getVolatile(this) && ASLEEP.compareAndSet(this, true, false)) {
            LockSupport.unpark(this);
            return true;
        }
        return false;
    }

    /** Ends when nothing is left to run. */
    void end() {
        stopping = true;
        wake();
    }
}
