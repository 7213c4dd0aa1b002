package io.rxsim.core.live;

import io.rxsim.core.kernel.Rule;
import io.rxsim.core.run.LatencyStage;
import io.rxsim.core.run.Machine;
import io.rxsim.core.run.NetConfig;
import io.rxsim.core.softnet.NetRxAction;
import io.rxsim.core.steer.Decision;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * One simulated CPU: its NET_RX softirq as a thread ({@code net_rx_action}, {@code process_backlog}, net/core/dev.c, 6.18; the
 * rules of 2.6.35 where they differ). It polls the RX queues whose interrupt it owns and its own backlog, with the kernel's
 * weights, budget and order, which {@link NetRxAction} holds for both engines.
 *
 * <p>Deviations: the thread is softirq and ksoftirqd in one, so a loop that the kernel would leave to ksoftirqd goes on at once;
 * the tick of the time limit is counted on {@link System#nanoTime}; a remote backlog is announced when the action flushes its
 * interrupts and finds SCHED clear then, where the kernel tests it at the enqueue; wake-ups of receivers leave at the end of a poll.
 *
 * <p>Threads: {@link #duty} by one thread, the CPU's own; what it owns changes only while the machine is stopped.
 */
final class SoftirqThread<M> implements Runnable {
    static final int BACKLOG = Decision.MAX_QUEUES;

    /** The clock is read once per poll, and in it once per so many packets, a power of two. */
    private static final int GROUP_MASK = 31;

    final int cpu;
    final Doze doze = new Doze();
    final SoftirqCounters counters;
    final StageTimes times = new StageTimes(LatencyStage.RING, LatencyStage.BACKLOG_WAIT);
    private final LiveHost<M> host;
    private final Machine machine;
    private final Backlog<M> backlog;
    private final SoftirqSend<M> send;
    private final LiveReceivePath<M> receive;
    private final BooleanSupplier hasWork = this::hasWork;
    private final boolean headOncePerPoll;
    private final boolean schedClearedEarly;
    private final int backlogWeight;
    private NetRxAction action;
    private long squeezesBefore;
    private List<RxQueue<M>> queues = List.of();
    private boolean raised;
    private long nowNs;
    private int ticks;

    SoftirqThread(int cpu, LiveHost<M> host) {
        this.cpu = cpu;
        this.host = host;
        this.machine = host.machine();
        NetConfig net = machine.net();
        this.counters = new SoftirqCounters(machine.cpuCount());
        this.backlog = host.backlog(cpu);
        this.send = new SoftirqSend<>(host, counters);
        this.receive = new LiveReceivePath<>(this, host, send);
        this.headOncePerPoll = machine.rules().has(Rule.HEAD_ONCE_PER_POLL);
        this.schedClearedEarly = machine.rules().has(Rule.SCHED_CLEARED_EARLY);
        this.backlogWeight = net.backlogWeight();
        this.action = newAction();
    }

    private NetRxAction newAction() {
        NetConfig net = machine.net();
        return NetRxAction.of(
                machine.rules(),
                net.netdevBudget(),
                net.netdevBudgetUsecs(),
                machine.profile().hz());
    }

    /** While the machine is stopped: the queues whose interrupt this CPU takes. */
    void own(List<RxQueue<M>> owned) {
        queues = new ArrayList<>(owned);
    }

    /** While the machine is stopped: the CPU is dead, its poll list is gone and nothing is raised. */
    void die() {
        squeezesBefore += action.timeSqueeze();
        action = newAction();
        raised = false;
    }

    @Override
    public void run() {
        doze.owner(Thread.currentThread());
        try {
            while (!host.isStopping()) {
                if (duty()) {
                    doze.busy();
                } else {
                    doze.idle(host.waitOf(cpu), hasWork);
                }
            }
        } catch (Throwable broken) {
            host.onBroken("CPU " + cpu, broken);
        } finally {
            host.stopMachine().leave();
        }
    }

    /** One look: takes interrupts and runs the receive action once, if there is anything to do; whether there was. */
    boolean duty() {
        if (host.stopMachine().seemsRequested()) {
            host.stopMachine().arrive();
        }
        times.onLook();
        takeInterrupts();
        if (!raised) {
            return false;
        }
        raised = false;
        nowNs = host.nowNs();
        action.begin(nowNs);
        int napi = action.next(nowNs);
        while (napi != NetRxAction.DONE) {
            poll(napi);
            takeInterrupts();
            napi = action.next(nowNs);
        }
        raised |= action.end();
        send.interrupts();
        counters.timeSqueeze.opaque(squeezesBefore + action.timeSqueeze());
        return true;
    }

    private void takeInterrupts() {
        for (int i = 0; i < queues.size(); i++) {
            RxQueue<M> queue = queues.get(i);
            if (queue.napi.take()) {
                queue.listedOn = cpu;
                raised |= action.schedule(queue.number());
            }
        }
        if (backlog.napi.take()) {
            SoftirqCounters.add(counters.receivedRps, 1);
            raised |= action.schedule(BACKLOG);
        }
    }

    /** The own backlog got a packet from this CPU. */
    void scheduleOwnBacklog() {
        if (backlog.napi.list()) {
            raised |= action.schedule(BACKLOG);
        }
    }

    private void poll(int napi) {
        if (napi == BACKLOG) {
            send.interrupts();
            pollBacklog();
        } else {
            pollQueue(host.queue(napi));
        }
        send.wakeUps();
        nowNs = host.nowNs();
    }

    /** A packet is next: reads the clock once in a while; the time. */
    private long tick() {
        if ((++ticks & GROUP_MASK) == 0) {
            nowNs = host.nowNs();
        }
        return nowNs;
    }

    private void pollQueue(RxQueue<M> queue) {
        final int work = queue.available(NetRxAction.NAPI_POLL_WEIGHT);
        boolean handled = true;
        try {
            for (int i = 0; i < work; i++) {
                LivePacket<M> packet = queue.take();
                handled = false;
                packet.takenNs = tick();
                times.record(0, packet.takenNs - packet.arrivedNs);
                handled = receive.steer(packet);
                packet.forget();
            }
        } finally {
            if (!handled && !receive.isHanded()) {
                queue.putBack();
            }
            queue.refill();
        }
        boolean scheduled = work == NetRxAction.NAPI_POLL_WEIGHT;
        if (!scheduled) {
            queue.napi.complete();
            action.completed(queue.number());
        }
        action.polled(queue.number(), work, NetRxAction.NAPI_POLL_WEIGHT, scheduled, nowNs);
        if (!scheduled && queue.available(1) > 0 && queue.napi.list()) {
            raised |= action.schedule(queue.number());
        }
    }

    /** {@code process_backlog}. */
    private void pollBacklog() {
        int work = 0;
        int quota = backlogWeight;
        boolean scheduled = true;
        while (work < quota) {
            LivePacket<M> packet = backlog.next();
            if (packet == null) {
                int length = backlog.splice();
                if (schedClearedEarly ? length < quota - work : length == 0) {
                    scheduled = false;
                    backlog.napi.complete();
                    action.completed(BACKLOG);
                    quota = schedClearedEarly ? work + length : quota;
                }
                if (length == 0) {
                    break;
                }
            } else {
                process(packet);
                work++;
                if (!headOncePerPoll) {
                    backlog.releaseProcessed();
                }
            }
        }
        if (headOncePerPoll && work > 0) {
            backlog.releaseProcessed();
        }
        action.polled(BACKLOG, work, backlogWeight, scheduled, nowNs);
        if (!scheduled && backlog.hasInput()) {
            scheduleOwnBacklog();
        }
    }

    private void process(LivePacket<M> packet) {
        boolean done = false;
        try {
            packet.processedNs = Math.max(tick(), packet.takenNs);
            times.record(1, packet.processedNs - packet.takenNs);
            receive.protocol(packet);
            done = true;
        } finally {
            if (!done) {
                backlog.putBack();
                backlog.releaseProcessed();
            }
        }
        SoftirqCounters.add(counters.fromBacklog, 1);
        packet.forget();
    }

    /** While the machine is stopped and this CPU is dead: its packets are received again, on {@code survivor}. */
    void reinjectInto(SoftirqThread<M> survivor) {
        while (true) {
            LivePacket<M> packet = backlog.next();
            if (packet == null) {
                if (backlog.splice() == 0) {
                    return;
                }
            } else {
                packet.reinjected = true;
                survivor.receive.netifRx(packet);
                packet.forget();
                SoftirqCounters.add(counters.reinjected, 1);
                backlog.releaseProcessed();
            }
        }
    }

    /** While the machine is stopped: what {@link #reinjectInto} owes. */
    void flush() {
        send.interrupts();
        send.wakeUps();
    }

    long nowNs() {
        return nowNs;
    }

    /** Volatile, for the look before sleeping. */
    private boolean hasWork() {
        for (int i = 0; i < queues.size(); i++) {
            if (queues.get(i).napi.isRaised()) {
                return true;
            }
        }
        return backlog.napi.isRaised() || host.stopMachine().isRequested() || times.isRequested() || host.isStopping();
    }
}
