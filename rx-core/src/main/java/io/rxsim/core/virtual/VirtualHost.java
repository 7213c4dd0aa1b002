package io.rxsim.core.virtual;

import io.rxsim.core.cost.CostModel;
import io.rxsim.core.kernel.Rule;
import io.rxsim.core.run.Arrival;
import io.rxsim.core.run.ArrivalSource;
import io.rxsim.core.run.HostChange;
import io.rxsim.core.run.HostControls;
import io.rxsim.core.run.Machine;
import io.rxsim.core.run.RxObserver;
import io.rxsim.core.run.Scenario;
import io.rxsim.core.run.ServiceTime;
import io.rxsim.core.run.StopSignal;
import io.rxsim.core.run.ThreadPlacement;
import io.rxsim.core.run.Timeline;
import io.rxsim.core.softnet.DropReason;
import io.rxsim.core.softnet.FlowLimits;
import io.rxsim.core.softnet.SoftnetData;
import io.rxsim.core.softnet.SoftnetStat;
import io.rxsim.core.steer.SteeringPolicy;
import io.rxsim.core.xfrm.EspArrival;
import java.util.List;

/**
 * The modelled host under virtual time: packets are offered to it, and it does all that is due up to a time.
 *
 * <p>At equal times what was scheduled goes before what arrives. One thread; nothing here is shared.
 */
public final class VirtualHost {
    private static final int STOP_POLL_MASK = 0xffff;

    final Scenario scenario;
    final EventCalendar calendar = new EventCalendar();
    final PacketPool pool = new PacketPool();
    final CostModel costs;
    final SoftnetData softnet;
    final FlowLimits flowLimits;
    final SteeringPolicy policy;
    final FlowRows flows = new FlowRows();
    final LoadParts parts = new LoadParts();
    final RunRecorder recorder;
    final Sockets sockets;
    final Threads threads;
    final ServiceTime service;
    final Scheduler scheduler;
    final Clients clients;
    final StreamSockets streams;
    /** ESP, or null where nothing is decrypted. */
    final XfrmInput xfrm;

    final ReceivePath receive;
    final VirtualNic nic;
    final VirtualCpu[] cpus;
    private final ThreadPlacement placement;
    final MeasuredStart measuredStart;
    final Hotplug hotplug;
    final CutSteps cutSteps = new CutSteps();
    private final HostControls controls;
    private final long measuredFromNs;
    /** The client host where it is modelled in full, or null. */
    private VirtualHost peer;

    private boolean measuring;
    private boolean ended;
    private long workedUntilNs;
    /** Whether the last event was this host's and not the client host's. */
    private boolean workedHere;

    /** Kind of the event that was taken last. */
    private int kind;

    /** A host at time 0 with empty queues and tables. */
    public VirtualHost(Scenario scenario, RxObserver observer) {
        this.scenario = scenario;
        Machine machine = scenario.machine();
        costs = machine.profile().costModel();
        softnet = new SoftnetData(machine.online());
        flowLimits = new FlowLimits(machine.cpuCount());
        flowLimits.set(machine.rules().has(Rule.FLOW_LIMIT) ? machine.net().flowLimitBuckets() : List.of());
        policy = scenario.steering().factory().create(machine, this::cpuOf);
        recorder = new RunRecorder(scenario, pool, observer, flows, parts);
        placement = scenario.load().application().placement().open(machine);
        sockets = new Sockets(pool, flows, scenario, placement, policy);
        threads = new Threads(sockets, machine);
        service = scenario.load().application().service().open();
        scheduler = new Scheduler(this, placement);
        clients = new Clients(this);
        streams = new StreamSockets(this);
        xfrm = scenario.xfrm() == null ? null : new XfrmInput(this);
        recorder.attach(xfrm);
        receive = new ReceivePath(this);
        nic = new VirtualNic(this);
        cpus = new VirtualCpu[machine.cpuCount()];
        for (int cpu = 0; cpu < cpus.length; cpu++) {
            cpus[cpu] = new VirtualCpu(cpu, this);
        }
        measuredStart = new MeasuredStart(cpus.length);
        measuredFromNs = scenario.measure().warmupNs();
        hotplug = new Hotplug(this);
        controls = new VirtualControls(this);
        planChanges();
        planMove();
    }

    private int cpuOf(int flow) {
        return sockets.cpuOf(flow);
    }

    /** Virtual time in nanoseconds. */
    public long nowNs() {
        return calendar.nowNs();
    }

    /** Packets inside the host. */
    public int inside() {
        return pool.inside();
    }

    /** The CPUs' counters. */
    public SoftnetData softnet() {
        return softnet;
    }

    /** The CPU's line of softnet_stat, counted from time 0. */
    public SoftnetStat softnetStat(int cpu) {
        Backlog backlog = cpus[cpu].softirq.backlog();
        return new SoftnetStat(
                cpu,
                (int) softnet.processed(cpu),
                (int) softnet.dropped(cpu),
                (int) cpus[cpu].softirq.timeSqueeze(),
                (int) softnet.receivedRps(cpu),
                flowLimits.count(cpu),
                backlog.input.length(),
                backlog.process.length());
    }

    /** The policy that steers. */
    public SteeringPolicy policy() {
        return policy;
    }

    /** A packet arrives at its time; everything due before or at that time happens first. */
    public void offer(Arrival arrival) {
        if (!measuring && arrival.timeNs >= measuredFromNs) {
            // Without a warm-up, measuring begins with the first packet.
            runUntil(measuredFromNs > 0 ? Math.max(measuredFromNs, nowNs()) : arrival.timeNs);
            endWarmup();
        }
        runUntil(arrival.timeNs);
        if (clients.isClosedLoop(arrival.flow)) {
            clients.onFirstRequest(arrival.flow, arrival.timeNs);
        } else {
            arrive(arrival);
        }
    }

    /** A packet reaches the NIC now. */
    void arrive(Arrival arrival) {
        if (sockets.onArrived(arrival.flow, arrival.generation)) {
            recorder.onFlowReused(arrival.flow);
        }
        if (arrival.socket && arrival.payloadBytes > 0) {
            // Made here, not when the first packet gets through, so that every policy sees the same placement.
            sockets.ensureThread(arrival.flow);
        }
        if (xfrm != null && arrival.esp && arrival.inside.innerFlow != EspArrival.NOTHING_INSIDE) {
            prepareInner(arrival.inside);
        }
        nic.onArrival(arrival, measuring, arrival.timeNs);
    }

    /** A packet is lost, with all merged with it; its client, if any, learns of it before its place becomes free. */
    void drop(int packet, int cpu, DropReason reason, long nowNs) {
        for (int each = packet; each != PacketPool.NONE; each = pool.merged[each]) {
            clients.onLost(each, nowNs);
        }
        recorder.onDropped(packet, cpu, reason, nowNs);
    }

    /** What {@link #arrive} does for a packet's connection, for that of the packet inside. */
    private void prepareInner(EspArrival inside) {
        flows.onArrived(inside.innerFlow);
        if (sockets.onArrived(inside.innerFlow, inside.innerGeneration)) {
            recorder.onFlowReused(inside.innerFlow);
        }
        if (inside.innerSocket && inside.innerPayloadBytes > 0) {
            sockets.ensureThread(inside.innerFlow);
        }
    }

    /** Measures from now on, unless that has begun. */
    void endWarmup() {
        if (!measuring) {
            measuring = true;
            measuredStart.mark(this);
            if (peer != null) {
                peer.endWarmup();
            }
        }
    }

    /** Does everything that is due up to and at a time, and moves the clock there. */
    public void runUntil(long untilNs) {
        while (nextNs() <= untilNs) {
            step();
        }
        advanceTo(untilNs);
    }

    /** As {@link #runUntil}, but gives up when asked to stop; whether it got there. */
    boolean runTowards(long untilNs, StopSignal stop) {
        long count = 0;
        while (nextNs() <= untilNs) {
            step();
            if ((++count & STOP_POLL_MASK) == 0 && stop.stopRequested()) {
                return false;
            }
        }
        advanceTo(untilNs);
        return true;
    }

    /** Does the next thing; false if nothing is pending. */
    public boolean step() {
        if (peer != null && peer.calendar.nextNs() < calendar.nextNs()) {
            workedHere = false;
            return peer.step();
        }
        workedHere = true;
        if (calendar.isEmpty()) {
            return false;
        }
        final long event = calendar.take();
        final long nowNs = calendar.nowNs();
        final int subject = Event.subject(event);
        kind = Event.kind(event);
        switch (kind) {
            case Event.CPU_STEP -> cpus[subject].onStep(Event.epoch(event), nowNs);
            case Event.RX_IRQ -> nic.onInterrupt(subject, nowNs);
            case Event.RPS_IPI -> cpus[subject].onRpsIpi(Event.epoch(event), nowNs);
            case Event.RESCHEDULE -> cpus[subject].onReschedule(nowNs);
            case Event.THREAD_MOVE -> onThreadMove();
            case Event.CLIENT_REQUEST -> clients.onRequest(subject, nowNs);
            case Event.CLIENT_RETRANSMISSION -> clients.onRetransmission(subject, Event.epoch(event), nowNs);
            case Event.CLIENT_LEFT -> clients.onLeft(subject, nowNs);
            case Event.CLIENT_ACK -> clients.onAck(subject, nowNs);
            case Event.DELAYED_ACK -> streams.onTimer(subject, nowNs);
            case Event.BALANCE -> scheduler.onBalance(nowNs);
            case Event.CHANGE -> onChange(subject);
            case Event.NTUPLE_SCAN -> nic.ntuple().onScan(nowNs);
            default -> throw new IllegalStateException("event kind=" + kind);
        }
        return true;
    }

    /** Nothing arrives any more: does all that is left. */
    public void drain() {
        ended = true;
        if (peer != null) {
            peer.ended = true;
        }
        workedUntilNs = nowNs();
        while (nextNs() != EventCalendar.NONE) {
            step();
            // What was planned for a load that is over moves the clock, but it is no work; nor is what the client host
            // does.
            if (workedHere && Event.isWork(kind)) {
                workedUntilNs = nowNs();
            }
        }
    }

    /** When the last work was done: the end of a run, which plans of an ended load do not prolong. */
    long workedUntilNs() {
        return ended ? workedUntilNs : nowNs();
    }

    /** Whether what happens now counts: after the warm-up, and before the load ended. */
    boolean isMeasuring() {
        return measuring && !ended;
    }

    /** Takes the packets of a run, and the client host that they may come from. */
    public void attach(ArrivalSource source) {
        parts.attach(source, scenario.load().application().server().responseBytes());
        clients.attach(source);
        peer = clients.peer();
    }

    /** The host is the client's side of a mirror, whose answers to answers are the next requests. */
    void attach(Mirror mirror, ArrivalSource source) {
        parts.attach(source, scenario.load().application().server().responseBytes());
        clients.attach(mirror);
    }

    /** The client host where it is modelled in full, or null. */
    VirtualHost peer() {
        return peer;
    }

    private long nextNs() {
        return peer == null ? calendar.nextNs() : Math.min(calendar.nextNs(), peer.calendar.nextNs());
    }

    private void advanceTo(long ns) {
        calendar.advanceTo(ns);
        if (peer != null) {
            peer.calendar.advanceTo(ns);
        }
    }

    boolean isEnded() {
        return ended;
    }

    /** Does something to the host now, as an entry of the timeline does at its time. */
    public void change(HostChange change) {
        change.applyTo(controls);
    }

    private void onChange(int place) {
        if (!ended) {
            change(scenario.timeline().changes().get(place).change());
        }
    }

    private void planChanges() {
        List<Timeline.Timed> changes = scenario.timeline().changes();
        for (int place = 0; place < changes.size(); place++) {
            calendar.schedule(changes.get(place).atNs(), Event.of(Event.CHANGE, place, 0));
        }
    }

    private void onThreadMove() {
        if (ended) {
            return;
        }
        long move = placement.move(Math.max(1, flows.flows()));
        moveThread((int) (move >>> 32), (int) move);
        planMove();
    }

    /** Moves the thread that serves a flow; a CPU that is offline is refused, as by sched_setaffinity. */
    void moveThread(int flow, int cpu) {
        if (cpus[cpu].isActive()) {
            sockets.move(flow, cpu);
        }
    }

    private void planMove() {
        long atNs = placement.nextMoveNs();
        if (atNs != ThreadPlacement.NEVER) {
            calendar.schedule(Math.max(atNs, calendar.nowNs()), Event.of(Event.THREAD_MOVE, 0, 0));
        }
    }
}
