package io.rxsim.core.live;

import io.rxsim.core.cpu.CpuMask;
import io.rxsim.core.kernel.Rule;
import io.rxsim.core.run.HandoverCause;
import io.rxsim.core.run.Machine;
import io.rxsim.core.run.NetConfig;
import io.rxsim.core.run.Placement;
import io.rxsim.core.run.Steering;
import io.rxsim.core.softnet.DropReason;
import io.rxsim.core.softnet.FlowLimits;
import io.rxsim.core.steer.FlowAwareSteering;
import io.rxsim.core.steer.SteeringPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * A machine that receives packets for real: RX queues, one softirq thread per simulated CPU, backlogs, sockets, receivers. It is what
 * a program embeds to hand packets, messages or jobs of many flows to threads, each flow in order and at the CPU of its consumer.
 *
 * <pre>{@code
 * Machine machine = LiveMachine.cpus(4).queues(1).rps("f").rfs(4096).build();
 * try (LiveHost<String> host = new LiveHost<>(machine, SteeringCatalog.steering("rfs"), LiveSettings.DEFAULT, DropHandler.ignore())) {
 *     Receiver<String> receiver = host.receiver(2);
 *     LiveSocket<String> socket = receiver.open(256);
 *     host.start();
 *     host.start(receiver, packet -> System.out.println(packet.message), LiveWait.BLOCK);
 *     LivePacket<String> packet = host.queue(0).next();
 *     ...
 * }
 * }</pre>
 *
 * <p>Simulated CPUs may outnumber real ones, unless they spin. Threads are not pinned, since Java cannot; {@code taskset} pins the
 * whole process. Threads: construct and {@link #start} by one; every other method says who may call it.
 *
 * @param <M> what packets carry
 */
public final class LiveHost<M> implements AutoCloseable {
    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(5);

    private final Machine machine;
    private final LiveSettings settings;
    private final DropHandler<M> drops;
    private final SteeringPolicy policy;
    private final List<Backlog<M>> backlogs = new ArrayList<>();
    private final List<SoftirqThread<M>> cpus = new ArrayList<>();
    private final List<RxQueue<M>> queues = new ArrayList<>();
    private final LiveSoftnet<M> softnet;
    private final FlowLimits flowLimits;
    private final DecisionLogs logs;
    private final StopMachine stopMachine = new StopMachine();
    private final LiveChanges<M> changes;
    private final LiveThreads<M> threads;
    private final List<Receiver<M>> receivers = new CopyOnWriteArrayList<>();
    private final OpenSockets<M> sockets = new OpenSockets<>();
    private final PaddedLong moves = new PaddedLong(0);
    /** Written before threads start. */
    private SteeringTap<M> tap;

    private volatile boolean accepting;
    private volatile boolean stopping;
    private LiveReport report;

    /**
     * A host that does not run yet.
     *
     * @param machine CPUs, queues and settings; costs are not used
     * @param steering the policy; one that must know where applications run (the ceiling) is refused
     * @param drops hears of what is lost
     * @throws IllegalArgumentException for what a live host cannot do, with the reason
     */
    public LiveHost(Machine machine, Steering steering, LiveSettings settings, DropHandler<M> drops) {
        this.machine = machine;
        this.settings = settings;
        this.drops = drops;
        final NetConfig net = machine.net();
        requireLimit(net.netdevMaxBacklog());
        LiveThreads.requireRealCpus(settings.softirqWait(), machine.cpuCount(), "softirq");
        policy = steering.factory().create(machine, flow -> Placement.NO_APPLICATION);
        if (policy instanceof FlowAwareSteering) {
            throw new IllegalArgumentException("steering=" + steering.name()
                    + " must know where applications run while it decides; the live engine offers rfs, rps and none,"
                    + " the virtual engine all");
        }
        int largest = Math.max(settings.largestMaxBacklog(), net.netdevMaxBacklog());
        for (int cpu = 0; cpu < machine.cpuCount(); cpu++) {
            backlogs.add(
                    new Backlog<>(net.netdevMaxBacklog(), largest, net.backlogWeight(), settings.countersStartAt()));
        }
        softnet = new LiveSoftnet<>(backlogs, machine.online());
        flowLimits = new FlowLimits(machine.cpuCount());
        flowLimits.set(machine.rules().has(Rule.FLOW_LIMIT) ? net.flowLimitBuckets() : List.of());
        logs = DecisionLogs.of(settings.loggedDecisions(), machine, softnet);
        for (int cpu = 0; cpu < machine.cpuCount(); cpu++) {
            cpus.add(new SoftirqThread<>(cpu, this));
        }
        for (int queue = 0; queue < machine.nic().queues(); queue++) {
            queues.add(new RxQueue<>(queue, machine.nic().ring(), this));
        }
        changes = new LiveChanges<>(this, settings.patience(), largest);
        threads = new LiveThreads<>(this);
        changes.routeInterrupts();
    }

    private static void requireLimit(int packets) {
        if (packets < 0 || packets > Backlog.MAX_LIMIT) {
            throw new IllegalArgumentException("netdev_max_backlog=" + packets + ", the live engine allows 0 to "
                    + Backlog.MAX_LIMIT + ": a backlog is a ring with a slot for each, and a negative limit is none");
        }
    }

    /**
     * Has somebody hear of every packet that is steered. Before {@link #start()}.
     *
     * @throws IllegalStateException if the host runs already
     */
    public void tap(SteeringTap<M> steeringTap) {
        if (accepting || stopping) {
            throw new IllegalStateException("a tap is set before the host starts");
        }
        tap = steeringTap;
    }

    /** Starts the softirq threads; from now on packets are accepted. Once. */
    public void start() {
        threads.start(cpus);
        accepting = true;
    }

    /** Has a thread of the engine drive a receiver until the host stops; any thread. */
    public void start(Receiver<M> receiver, Receiver.Handler<M> handler, LiveWait wait) {
        threads.start(receiver, handler, wait);
    }

    /** An RX queue; see there for its one producer. Any thread. */
    public RxQueue<M> queue(int number) {
        return queues.get(number);
    }

    /** A new receiver that runs on a simulated CPU; any thread. */
    public Receiver<M> receiver(int cpu) {
        requireCpu(cpu);
        synchronized (receivers) {
            Receiver<M> receiver = new Receiver<>(receivers.size(), cpu, this);
            receivers.add(receiver);
            return receiver;
        }
    }

    /**
     * Takes a CPU offline or brings it back, as CPU hotplug does: its interrupts go to another CPU, and what it had queued is
     * received again there ({@code dev_cpu_dead}, net/core/dev.c). Any thread but the engine's own.
     *
     * @throws IllegalArgumentException if it is the last CPU online
     * @throws IllegalStateException if the softirq threads do not stand still in time; nothing was changed then
     */
    public void online(int cpu, boolean up) {
        requireCpu(cpu);
        changes.online(cpu, up);
    }

    /** Sets netdev_max_backlog, up to the largest that the settings named. Threads and errors as in {@link #online}. */
    public void netdevMaxBacklog(int packets) {
        changes.netdevMaxBacklog(packets);
    }

    /**
     * Sets the flow limit tables (flow_limit_cpu_bitmap, 6.18): buckets of each CPU, 0 is no table, empty is none at all. As {@link #online}.
     */
    public void flowLimit(List<Integer> bucketsByCpu) {
        changes.flowLimit(bucketsByCpu);
    }

    /** Sets a queue's smp_affinity: the lowest online CPU of the mask takes its interrupt. As {@link #online}. */
    public void irqAffinity(int queue, CpuMask mask) {
        changes.irqAffinity(queue, mask);
    }

    /** Sets rps_cpus of a queue: the CPUs of the mask that are online now are its map. As {@link #online}. */
    public void rpsCpus(int queue, CpuMask mask) {
        if (logs != null && accepting) {
            throw new IllegalStateException("rps_cpus cannot change while decisions are logged");
        }
        changes.rpsCpus(queue, mask);
    }

    /**
     * The log of a queue's decisions, if the settings asked for one, when the host has stopped.
     *
     * @throws IllegalStateException if decisions are not logged, or the host has not stopped
     */
    public synchronized DecisionLog decisions(int queue) {
        if (logs == null || report == null) {
            throw new IllegalStateException(
                    logs == null ? "decisions are not logged (LiveSettings.withLoggedDecisions)" : "the host runs");
        }
        return logs.of(queue);
    }

    /**
     * Changes the policy's own tables or masks while the machine stands still. The order audit counts inversions between packets
     * decided before and after as handover. Threads and errors as in {@link #online}.
     */
    public void change(Consumer<SteeringPolicy> change) {
        if (logs != null && accepting) {
            throw new IllegalStateException(
                    "tables cannot change while decisions are logged: a fresh policy would not know");
        }
        changes.policy(change);
    }

    /** What was measured since the last call, from running threads; one caller at a time. */
    public LiveInterval interval() {
        return threads.interval();
    }

    /** The first failure of the engine itself in words, or null; the host stops by itself then. Any thread. */
    public String failure() {
        return threads.failure();
    }

    /**
     * Ends the run: accepts nothing more, lets what is inside reach its end, stops all threads, and checks the laws. Receivers that the program drives must go on receiving meanwhile, in other threads. Any thread but the engine's own.
     *
     * @param patience how long to wait for packets to drain, and then again for threads to end
     * @return what happened, and what is left in queues; the same at every call
     */
    public synchronized LiveReport stop(Duration patience) {
        if (report == null) {
            accepting = false;
            boolean drained = threads.awaitDrained(patience);
            stopping = true;
            threads.end(patience);
            report = new LiveReporting<>(this, threads).report(drained);
        }
        return report;
    }

    /** {@link #stop} with five seconds of patience. */
    @Override
    public void close() {
        stop(CLOSE_PATIENCE);
    }

    /** The machine as it was described. */
    public Machine machine() {
        return machine;
    }

    /** Whether packets are accepted; any thread. */
    public boolean isAccepting() {
        return accepting;
    }

    boolean isStopping() {
        return stopping;
    }

    long nowNs() {
        return System.nanoTime();
    }

    LiveWait waitOf(int cpu) {
        return softnet.isOnline(cpu) ? settings.softirqWait() : LiveWait.BLOCK;
    }

    /** Accepts packets without any thread, for tests that step CPUs and receivers themselves. */
    void startStepped() {
        accepting = true;
    }

    /** Whether a producer is in the middle of a packet; any thread. */
    boolean isFilling() {
        return queues.stream().anyMatch(RxQueue::isFilling);
    }

    /** Packets that are still somewhere inside; any thread, exact when nothing moves. */
    long queued() {
        long count = sockets.queued();
        for (Backlog<M> backlog : backlogs) {
            count += backlog.length();
        }
        for (RxQueue<M> queue : queues) {
            count += queue.length();
        }
        return count;
    }

    LiveSocket<M> open(Receiver<M> receiver, int capacity) {
        return sockets.open(receiver, capacity);
    }

    void onClosed(LiveSocket<M> socket) {
        sockets.onClosed(socket);
    }

    void onDropped(LivePacket<M> packet, DropReason reason) {
        drops.onDropped(packet, reason);
    }

    void onMoved() {
        moves.fetchAdd(1);
    }

    void onBroken(String who, Throwable thrown) {
        accepting = false;
        stopping = true;
        threads.onBroken(who, thrown);
    }

    void requireCpu(int cpu) {
        if (cpu < 0 || cpu >= machine.cpuCount()) {
            throw new IllegalArgumentException("cpu=" + cpu + ", allowed is 0 to " + (machine.cpuCount() - 1));
        }
    }

    long moves() {
        return moves.opaque();
    }

    /** Null if nobody listens. */
    SteeringTap<M> tap() {
        return tap;
    }

    DecisionLogs logs() {
        return logs;
    }

    HandoverCause endOfTables(int generation) {
        return changes.endOf(generation);
    }

    int tables() {
        return changes.tables();
    }

    SteeringPolicy policy() {
        return policy;
    }

    LiveSoftnet<M> softnet() {
        return softnet;
    }

    FlowLimits flowLimits() {
        return flowLimits;
    }

    StopMachine stopMachine() {
        return stopMachine;
    }

    Backlog<M> backlog(int cpu) {
        return backlogs.get(cpu);
    }

    SoftirqThread<M> cpu(int cpu) {
        return cpus.get(cpu);
    }

    List<SoftirqThread<M>> cpus() {
        return cpus;
    }

    List<RxQueue<M>> queues() {
        return queues;
    }

    List<Receiver<M>> receivers() {
        return receivers;
    }

    OpenSockets<M> sockets() {
        return sockets;
    }
}
