package io.rxsim.core.padata.live;

import com.lmax.disruptor.Sequence;
import io.rxsim.core.padata.PadataJob;
import io.rxsim.core.padata.PadataWork;
import io.rxsim.core.padata.Reordering;
import java.util.concurrent.locks.LockSupport;

/**
 * A CPU: takes works and runs them, and sleeps when there are none. One thread stands for it, the machine's own
 * ({@link CpuThread}) or a caller's.
 *
 * <p>It looks a while before it sleeps, since waking a thread costs some microseconds of its waker and more of its own.
 *
 * <p>In a round of works the reorder step is done once for {@value #KEPT} jobs at most, instead of after each: with short jobs it
 * would cost more than they do.
 *
 * <p>Its own thread, but for {@link #wake} and {@link #attach}.
 */
final class Cpu {
    private static final int ROUND = 16;
    private static final int KEPT = 64;
    private static final int PAUSES = 32;
    private static final long KEEP_PROCESSOR_NS = 3_000;
    private static final long LOOK_NS = 200_000;
    private static final int SHARE = 4;
    private static final long AWAKE = 0;
    private static final long ASLEEP = 1;

    final int number;
    private final PadataThreads machine;
    /** Set before the thread looks for work. */
    private Thread thread;
    /** ASLEEP: set by the thread before its last look, cleared by who wakes it. Padded: all who queue works look at it. */
    private final Sequence sleep = new Sequence(AWAKE);

    private final PadataWork[] share = new PadataWork[SHARE];

    private boolean running;
    private boolean inBatch;
    private int inlined;
    private RoomWait room;
    /** A block with finished jobs that this CPU has yet to hand on. */
    private Reordering postponed;

    Cpu(PadataThreads machine, int number) {
        this.machine = machine;
        this.number = number;
    }

    /** Its thread from now on; before that starts to look for work. */
    void attach(Thread of) {
        thread = of;
    }

    RoomWait roomWait() {
        if (room == null) {
            room = new RoomWait(machine);
        }
        return room;
    }

    /** One round of what this CPU may run; false if there was nothing. */
    boolean runSome() {
        requireNotRunning();
        running = true;
        int works = 0;
        while (works < ROUND && runNext()) {
            works++;
        }
        reorderPostponed();
        running = false;
        return works > 0;
    }

    /** All bound works, then some unbound; false if there was nothing. */
    private boolean runNext() {
        boolean some = false;
        for (BoundRing ring : machine.rings()) {
            if (ring.isOwnedBy(number)) {
                for (PadataWork work = ring.works.poll(); work != null; work = ring.works.poll()) {
                    run(work);
                    some = true;
                }
                ring.handOver(number, machine);
            }
        }
        int count = machine.isOnline(number) ? machine.unbound().poll(share, machine.cpus()) : 0;
        // All of them first: each begins with a look at what another CPU has written, and those then wait for it
        // together.
        for (int i = 0; i < count; i++) {
            share[i].begin();
        }
        for (int i = 0; i < count; i++) {
            runJobs(share[i]);
        }
        if (count > 0 && count < SHARE) {
            // Where jobs are short, taking each one as soon as it is there costs its submitter more than the job.
            pause(0);
        }
        return some || count > 0;
    }

    private void run(PadataWork work) {
        work.begin();
        runJobs(work);
    }

    private void runJobs(PadataWork work) {
        boolean serial = work.isSerial();
        int jobs = 0;
        for (PadataJob job = work.next(); job != null; job = work.next()) {
            try {
                if (serial) {
                    job.serial(number);
                } else {
                    job.parallel(number);
                }
            } catch (RuntimeException | Error e) {
                machine.onFailure(e);
            }
            if (++jobs % KEPT == 0) {
                reorderPostponed();
            }
        }
        if (serial) {
            machine.roomWaits().wakeDue();
        }
    }

    /** The thread submits several jobs. Not in a round of works, which is one already. */
    void beginBatch() {
        inBatch = !running;
    }

    /** Whether there was one. */
    boolean endBatch() {
        boolean ended = inBatch;
        if (ended) {
            reorderPostponed();
            inBatch = false;
        }
        return ended;
    }

    boolean isInBatch() {
        return inBatch;
    }

    /** The thread, as a submitter, works on its job itself. */
    void runInline(PadataJob job) {
        job.parallel(number);
        if (inBatch && ++inlined % KEPT == 0) {
            reorderPostponed();
        }
    }

    /** Takes over a reorder step, in a round of works or a batch. */
    boolean postpone(Reordering block) {
        if (!running && !inBatch) {
            return false;
        }
        if (postponed != block) {
            reorderPostponed();
            postponed = block;
        }
        return true;
    }

    private void reorderPostponed() {
        if (postponed != null) {
            Reordering block = postponed;
            postponed = null;
            block.reorder();
        }
    }

    private boolean hasWork() {
        for (BoundRing ring : machine.rings()) {
            if (ring.isOwnedBy(number) && (!ring.works.isEmpty() || ring.isToBeHandedOver(number))) {
                return true;
            }
        }
        return machine.isOnline(number) && !machine.unbound().isEmpty();
    }

    /** Returns when there may be work, or the wait may be over: looks for a while, then sleeps. */
    void idle(Wait wait) {
        long begin = System.nanoTime();
        long waited;
        do {
            waited = System.nanoTime() - begin;
            pause(waited);
            if (hasWork() || wait.isOver()) {
                return;
            }
        } while (waited < LOOK_NS);
        // Volatile, then the look: pairs with the fence between publishing a work and the look at this in wake.
        sleep.setVolatile(ASLEEP);
        while (sleep.get() == ASLEEP && !hasWork() && !wait.isOver()) {
            LockSupport.park(this);
        }
        sleep.setVolatile(AWAKE);
    }

    /** Between two looks: about 1 us, for works to gather; after a while the processor first goes to whoever needs it. */
    @SuppressWarnings("ThreadPriorityCheck") // There may be more threads than processors.
    private static void pause(long waitedNs) {
        if (waitedNs > KEEP_PROCESSOR_NS) {
            Thread.yield();
        }
        for (int i = 0; i < PAUSES; i++) {
            Thread.onSpinWait();
        }
    }

    private void requireNotRunning() {
        if (running) {
            throw new IllegalStateException(
                    "cpu=" + number + " is running a job, which must not wait for others there");
        }
    }

    /** Wakes the thread if it sleeps; whether it did. The caller has published work and made a full fence. */
    boolean wake() {
        if (sleep.get() == ASLEEP && sleep.compareAndSet(ASLEEP, AWAKE)) {
            LockSupport.unpark(thread);
            return true;
        }
        return false;
    }
}
