package io.rxsim.core.virtual;

import io.rxsim.core.cost.CostModel;
import io.rxsim.core.cost.Stage;
import io.rxsim.core.kernel.Rule;
import io.rxsim.core.run.Arrival;
import io.rxsim.core.run.LatencyStage;
import io.rxsim.core.run.NicConfig;
import io.rxsim.core.run.Placement;
import io.rxsim.core.softnet.BacklogAdmission;
import io.rxsim.core.softnet.DropReason;
import io.rxsim.core.softnet.SoftnetData;
import io.rxsim.core.steer.Decision;
import io.rxsim.core.steer.FlowAwareSteering;
import io.rxsim.core.steer.SteeringPolicy;
import io.rxsim.core.steer.SteeringReason;

/**
 * What happens to one packet between driver and socket: {@code netif_receive_skb} and {@code netif_rx}, {@code
 * enqueue_to_backlog}, protocol processing, and the wake-up of the application (net/core/dev.c, 6.18).
 *
 * <p>Deviations: there is no packet tap and no list variant; {@code netif_rx}
 * takes effect at the arrival and is paid as an interrupt of the CPU that takes the packet in. A CPU that is not idle finds a
 * woken thread when its step is over, without an interrupt. One thread.
 */
final class ReceivePath {
    private static final long NOT_STEERED = Decision.of(Decision.NO_CPU, SteeringReason.NONE);

    private final VirtualHost host;
    private final PacketPool pool;
    private final CostModel costs;
    private final SoftnetData softnet;
    private final SteeringPolicy policy;
    private final FlowAwareSteering flowAware;
    private final boolean inlineIfNotSteered;
    private final boolean gro;
    private NtupleSteering ntuple;
    private final boolean testsDevice;
    private int maxBacklog;
    /** The largest limit that was in force, unsigned. */
    private int largestMaxBacklog;
    /** Whether packets of the device are refused: it is down, and the kernel looks. */
    private boolean deviceRefuses;
    /** ESP, or null where nothing is decrypted. */
    private final XfrmInput xfrm;

    ReceivePath(VirtualHost host) {
        this.host = host;
        this.pool = host.pool;
        this.costs = host.costs;
        this.softnet = host.softnet;
        this.policy = host.policy;
        this.flowAware = policy instanceof FlowAwareSteering aware ? aware : null;
        this.inlineIfNotSteered = host.scenario.machine().nic().path() == NicConfig.Path.NAPI;
        this.gro = host.scenario.machine().nic().gro();
        this.testsDevice = host.scenario.machine().rules().has(Rule.DEVICE_RUNNING_TEST);
        this.xfrm = host.xfrm;
        maxBacklog(host.scenario.machine().net().netdevMaxBacklog());
    }

    /** The NIC takes filters, and is to be told which packet is being steered. */
    void ntuple(NtupleSteering itsFilters) {
        ntuple = itsFilters;
    }

    /** netdev_max_backlog was written. */
    void maxBacklog(int packets) {
        maxBacklog = packets;
        if (Integer.compareUnsigned(packets, largestMaxBacklog) > 0) {
            largestMaxBacklog = packets;
        }
    }

    /** The largest netdev_max_backlog that was in force, unsigned. */
    int largestMaxBacklog() {
        return largestMaxBacklog;
    }

    /** The device came up or went down. */
    void deviceRunning(boolean running) {
        deviceRefuses = testsDevice && !running;
    }

    /** NAPI takes a packet off the ring. */
    void onTakenOff(int packet, RxRing ring, long nowNs) {
        final long announcedNs = Math.max(pool.arrivalNs[packet], Math.min(ring.irqNs, nowNs));
        host.recorder.onStageDone(packet, LatencyStage.RING, announcedNs);
        host.recorder.onStageDone(packet, LatencyStage.SOFTIRQ_WAIT, nowNs);
    }

    /** Cost of taking a packet in: driver, and GRO, or the steering code where it runs on what the driver hands up. */
    long intakeNs(int packet, int cpu) {
        pool.cpu[packet] = cpu;
        long driverNs = costs.costNs(Stage.DRIVER, cpu, cpu, pool.lengthBytes[packet]);
        if (gro) {
            return driverNs + costs.costNs(Stage.GRO, cpu, cpu, 0);
        }
        return driverNs + steerNs(cpu);
    }

    /** Cost of the steering code for a packet; 0 where it does not run. */
    long steerNs(int cpu) {
        return policy.rpsNeeded() ? costs.costNs(Stage.STEER, cpu, cpu, 0) : 0;
    }

    /** Decides for a packet and queues it; false if it is to be processed inline. */
    boolean steer(int packet, int cpu, long nowNs) {
        final int target = decide(packet, cpu, nowNs);
        if (target == Decision.NO_CPU && inlineIfNotSteered) {
            return false;
        }
        enqueueToBacklog(packet, target == Decision.NO_CPU ? cpu : target, cpu, nowNs);
        return true;
    }

    /**
     * A packet of a dead CPU's backlog is given to {@code netif_rx} on another CPU: it is steered again, and queued in any case.
     *
     * @return what that costs
     */
    long reinject(int packet, int cpu, long nowNs) {
        final SoftirqContext softirq = host.cpus[cpu].softirq;
        final long owedNs = softirq.owedNs();
        final int target = decide(packet, cpu, nowNs);
        enqueueToBacklog(packet, target == Decision.NO_CPU ? cpu : target, cpu, nowNs);
        return steerNs(cpu) + costs.costNs(Stage.ENQUEUE, cpu, cpu, 0) + softirq.takeOwedSince(owedNs);
    }

    /** The device is unregistered: what is queued on a CPU's backlog is freed. */
    void flush(SoftirqContext softirq, int cpu, long nowNs) {
        for (int packet = softirq.takeLeft(); packet != PacketPool.NONE; packet = softirq.takeLeft()) {
            host.recorder.onFlushed(packet);
            host.drop(packet, cpu, DropReason.DEV_READY, nowNs);
        }
    }

    private int decide(int packet, int cpu, long nowNs) {
        final int flow = pool.flow[packet];
        if (flowAware != null) {
            flowAware.onPacket(flow);
        }
        if (ntuple != null) {
            ntuple.onPacket(packet, cpu);
        }
        final long decision = xfrm == null || xfrm.isSteered(packet)
                ? policy.steer(pool.rxQueue[packet], pool.hash[packet], nowNs, softnet)
                : NOT_STEERED;
        pool.decision[packet] = decision;
        pool.beforeEntry[packet] = host.sockets.beforeFirstRecord(flow, pool.direction[packet]);
        host.recorder.onSteered(packet, cpu, nowNs);
        return Decision.cpu(decision);
    }

    private void enqueueToBacklog(int packet, int target, int cpu, long nowNs) {
        if (deviceRefuses) {
            host.drop(packet, target, DropReason.DEV_READY, nowNs);
            return;
        }
        final Backlog backlog = host.cpus[target].softirq.backlog();
        final int length = backlog.input.length();
        if (!BacklogAdmission.accepts(length, maxBacklog)
                || host.flowLimits.drops(cpu, pool.hash[packet], length, maxBacklog)) {
            softnet.onDropped(target);
            host.drop(packet, target, DropReason.CPU_BACKLOG, nowNs);
            return;
        }
        if (length == 0 && !softnet.backlogScheduled(target)) {
            softnet.backlogScheduled(target, true);
            if (target == cpu) {
                host.cpus[cpu].softirq.scheduleBacklog();
            } else {
                host.cpus[cpu].softirq.wakeRemote(target, nowNs);
            }
        }
        backlog.add(packet);
        final int qtail = softnet.onAccepted(target);
        if (Decision.hasSlot(pool.decision[packet])) {
            policy.onEnqueued(pool.rxQueue[packet], pool.decision[packet], qtail);
        }
        host.recorder.onEnqueued(packet, target, qtail, nowNs);
    }

    /** Puts a packet that came out of a tunnel on the own backlog of a CPU. */
    void enqueueHere(int packet, int cpu, long nowNs) {
        enqueueToBacklog(packet, cpu, cpu, nowNs);
    }

    /** {@code netif_rx} in interrupt or sender context: steer and queue at once, pay as an interrupt. */
    void netifRx(int packet, int cpu, long nowNs) {
        host.recorder.onStageDone(packet, LatencyStage.DRIVER, nowNs);
        final SoftirqContext softirq = host.cpus[cpu].softirq;
        final long owedNs = softirq.owedNs();
        long costNs = intakeNs(packet, cpu) + costs.costNs(Stage.ENQUEUE, cpu, cpu, 0);
        steer(packet, cpu, nowNs);
        host.cpus[cpu].interrupt(nowNs, costNs + softirq.takeOwedSince(owedNs));
    }

    /** Cost of protocol processing on a CPU. */
    long protocolNs(int packet, int cpu) {
        final long espNs = xfrm != null && xfrm.isEsp(packet) ? xfrm.beginOuter(packet, cpu) : 0;
        return espNs
                + pool.protocolExtraNs[packet]
                + costs.costNs(
                        Stage.PROTOCOL,
                        cpu,
                        host.sockets.linesCpu(pool.flow[packet], cpu),
                        pool.allLengthBytes(packet));
    }

    /**
     * Protocol processing of a packet ended: it has its socket, or its end. The cost of a further step on the packet, which was
     * inside an ESP packet, or {@link XfrmInput#GONE}.
     */
    long onProtocolDone(int packet, int cpu, long nowNs) {
        if (xfrm != null && xfrm.isEsp(packet)) {
            return xfrm.onOuterDone(packet, cpu, nowNs);
        }
        toSocket(packet, cpu, nowNs);
        return XfrmInput.GONE;
    }

    private void toSocket(int packet, int cpu, long nowNs) {
        final int flow = pool.flow[packet];
        softnet.onProcessed(cpu);
        host.recorder.onStageDone(packet, LatencyStage.PROTOCOL, nowNs);
        if (pool.closedPort[packet] || !host.sockets.isOpen(packet)) {
            host.drop(packet, cpu, DropReason.NO_SOCKET, nowNs);
            return;
        }
        boolean read = pool.socket[packet] && pool.payloadBytes[packet] > 0;
        host.recorder.onProcessed(packet, cpu, read ? host.sockets.cpuOf(flow) : Placement.NO_APPLICATION, nowNs);
        host.sockets.onProcessed(packet, cpu);
        pool.cpu[packet] = cpu;
        if (!read) {
            host.clients.onHandshake(packet, nowNs);
            host.recorder.onDelivered(packet, nowNs);
        } else if (pool.segment[packet] != Arrival.NO_SEGMENT) {
            host.streams.onProcessed(packet, cpu, nowNs);
        } else if (!host.sockets.charge(packet)) {
            host.drop(packet, cpu, DropReason.SOCKET_RCVBUFF, nowNs);
        } else {
            deliver(packet, cpu, nowNs);
        }
    }

    /** Puts a packet on the queue of its thread, and wakes the thread if it sleeps. */
    void deliver(int packet, int cpu, long nowNs) {
        host.sockets.append(packet);
        final int thread = host.sockets.threadOf(pool.flow[packet]);
        if (host.sockets.state(thread) == Sockets.SLEEPING) {
            host.cpus[cpu].softirq.charge(costs.costNs(Stage.WAKEUP, cpu, host.sockets.cpuOfThread(thread), 0));
            host.scheduler.wake(thread, cpu, nowNs);
        }
    }
}
