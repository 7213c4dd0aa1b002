package io.rxsim.core.live;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/** The threads of a live host: starting, waiting for what is inside, ending, and what they measured. */
final class LiveThreads<M> {
    private static final long LOOK_NS = 200_000;
    private static final long INTERVAL_PATIENCE_NS = 100_000_000;

    private final LiveHost<M> host;
    private final List<Thread> threads = new ArrayList<>();
    private final AtomicReference<String> failure = new AtomicReference<>();
    private final StageSums sums = new StageSums();
    private final List<StageSums> cpuSums = new ArrayList<>();
    private int spinning;
    private boolean started;

    LiveThreads(LiveHost<M> host) {
        this.host = host;
        for (int cpu = 0; cpu < host.machine().cpuCount(); cpu++) {
            cpuSums.add(new StageSums());
        }
    }

    /** Spinning threads that share a real CPU keep each other from the work they wait for. */
    static void requireRealCpus(LiveWait wait, int spinning, String what) {
        int real = Runtime.getRuntime().availableProcessors();
        if (wait == LiveWait.BUSY_SPIN && spinning > real) {
            throw new IllegalArgumentException("wait=busy-spin: " + spinning + " " + what + " threads would spin on "
                    + real + " CPUs; take yield, sleep or block, or at most " + real + " of them");
        }
    }

    synchronized void start(List<SoftirqThread<M>> cpus) {
        if (started) {
            throw new IllegalStateException("the host was started already");
        }
        started = true;
        spinning = host.waitOf(host.softnet().firstOnline()) == LiveWait.BUSY_SPIN ? cpus.size() : 0;
        for (SoftirqThread<M> cpu : cpus) {
            host.stopMachine().join();
            launch(cpu, "rx-softirq-" + cpu.cpu);
        }
    }

    synchronized void start(Receiver<M> receiver, Receiver.Handler<M> handler, LiveWait wait) {
        if (wait == LiveWait.BUSY_SPIN) {
            requireRealCpus(wait, spinning + 1, "softirq and receiver");
            spinning++;
        }
        launch(new ReceiverThread<>(receiver, handler, wait, host), "rx-receiver-" + receiver.number());
    }

    private void launch(Runnable body, String name) {
        Thread thread = new Thread(body, name);
        thread.setDaemon(true);
        threads.add(thread);
        thread.start();
    }

    void onBroken(String who, Throwable thrown) {
        failure.compareAndSet(null, who + ": " + thrown);
        wakeAll();
    }

    String failure() {
        return failure.get();
    }

    /** Waits until nothing is inside; false if patience ended first, or the engine did. */
    boolean awaitDrained(Duration patience) {
        long deadlineNs = System.nanoTime() + patience.toNanos();
        // One look later than the host stopped to accept: a producer's slot is then seen or was never claimed.
        LockSupport.parkNanos(this, LOOK_NS);
        while (host.queued() > 0 || host.isFilling()) {
            if (System.nanoTime() - deadlineNs >= 0 || host.isStopping()) {
                return false;
            }
            LockSupport.parkNanos(this, LOOK_NS);
        }
        return true;
    }

    /** Waits for all threads to end; names those that do not. */
    void end(Duration patience) {
        wakeAll();
        long deadlineNs = System.nanoTime() + patience.toNanos();
        List<Thread> all;
        synchronized (this) {
            all = List.copyOf(threads);
        }
        boolean interrupted = false;
        for (Thread thread : all) {
            while (thread.isAlive() && deadlineNs - System.nanoTime() > 0) {
                try {
                    TimeUnit.NANOSECONDS.timedJoin(thread, deadlineNs - System.nanoTime());
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Threads that have not ended, by name. */
    synchronized List<String> alive() {
        return threads.stream().filter(Thread::isAlive).map(Thread::getName).toList();
    }

    private void wakeAll() {
        for (SoftirqThread<M> cpu : host.cpus()) {
            cpu.doze.wake();
        }
        for (Receiver<M> receiver : host.receivers()) {
            receiver.doze.wake();
        }
    }

    LiveInterval interval() {
        List<StageTimes> all = allTimes();
        all.forEach(StageTimes::request);
        wakeAll();
        long deadlineNs = System.nanoTime() + INTERVAL_PATIENCE_NS;
        for (StageTimes times : all) {
            while (!times.isHanded() && deadlineNs - System.nanoTime() > 0) {
                LockSupport.parkNanos(this, LOOK_NS);
            }
        }
        StageSums now = new StageSums();
        List<LiveInterval.Cpu> cpus = new ArrayList<>();
        for (SoftirqThread<M> cpu : host.cpus()) {
            StageSums own = new StageSums();
            cpu.times.collect(own);
            cpus.add(cpu(cpu, own));
            cpuSums.get(cpu.cpu).addAll(own);
            now.addAll(own);
        }
        host.receivers().forEach(receiver -> receiver.times.times.collect(now));
        synchronized (sums) {
            sums.addAll(now);
        }
        return new LiveInterval(now.total(), now.stages(), cpus);
    }

    /** All that was measured from the start; less what a thread that did not end has measured since the last interval. */
    StageSums rest() {
        if (alive().isEmpty()) {
            for (SoftirqThread<M> cpu : host.cpus()) {
                StageSums own = new StageSums();
                cpu.times.collectRest(own);
                cpuSums.get(cpu.cpu).addAll(own);
                sums.addAll(own);
            }
            host.receivers().forEach(receiver -> receiver.times.times.collectRest(sums));
        }
        return sums;
    }

    /** The same by CPU, after {@link #rest}. */
    List<LiveInterval.Cpu> cpus() {
        return host.cpus().stream().map(cpu -> cpu(cpu, cpuSums.get(cpu.cpu))).toList();
    }

    private static LiveInterval.Cpu cpu(SoftirqThread<?> cpu, StageSums stages) {
        return new LiveInterval.Cpu(cpu.cpu, cpu.counters.processed.opaque(), stages.stages());
    }

    private List<StageTimes> allTimes() {
        List<StageTimes> all = new ArrayList<>();
        host.cpus().forEach(cpu -> all.add(cpu.times));
        host.receivers().forEach(receiver -> all.add(receiver.times.times));
        return all;
    }
}
