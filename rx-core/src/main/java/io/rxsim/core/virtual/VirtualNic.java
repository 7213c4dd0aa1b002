package io.rxsim.core.virtual;

import io.rxsim.core.cost.Stage;
import io.rxsim.core.cpu.CpuMask;
import io.rxsim.core.run.Arrival;
import io.rxsim.core.run.Machine;
import io.rxsim.core.run.NicConfig;
import io.rxsim.core.softnet.DropReason;

/**
 * The network interface: RSS, rings, interrupt moderation.
 *
 * <p>An interrupt fires {@code rx_usecs} after the first packet that finds none pending, and is then off until NAPI completes.
 * On the {@code netif_rx} path there is neither ring nor moderation: every packet is taken in as it arrives.
 *
 * <p>Deviation: one timer stands for the many moderation schemes of drivers, none of which adapts here. One thread.
 */
final class VirtualNic {
    private static final int MICROSECOND_NS = 1000;

    private final VirtualHost host;
    private final PacketPool pool;
    private final RxRing[] rings;
    private final int[] indirection;
    private final int ringSize;
    private final long moderationNs;
    private final boolean napi;
    private final NtupleSteering ntuple;
    private boolean running = true;

    VirtualNic(VirtualHost host) {
        this.host = host;
        this.pool = host.pool;
        Machine machine = host.scenario.machine();
        NicConfig nic = machine.nic();
        rings = new RxRing[nic.queues()];
        for (int queue = 0; queue < rings.length; queue++) {
            rings[queue] = new RxRing(queue, nic.irqAffinity().get(queue), machine.online(), pool);
            if (nic.gro()) {
                rings[queue].gro =
                        new GroList(pool, machine.rules(), machine.profile().hz());
            }
        }
        indirection = nic.indirection().stream().mapToInt(Integer::intValue).toArray();
        ringSize = nic.ring();
        moderationNs = (long) nic.rxUsecs() * MICROSECOND_NS;
        napi = nic.path() == NicConfig.Path.NAPI;
        threaded(machine.threads().nic());
        ntuple = NtupleSteering.of(host);
        host.receive.ntuple(ntuple);
    }

    /** The filters of accelerated RFS, or null. */
    NtupleSteering ntuple() {
        return ntuple;
    }

    RxRing ring(int queue) {
        return rings[queue];
    }

    /** {@code smp_affinity} of a queue's interrupt was written; a poll in progress stays where it is. */
    void irqAffinity(int queue, CpuMask mask) {
        rings[queue].affinity(mask, host.softnet.online());
        if (ntuple != null) {
            ntuple.onAffinity(queue, mask);
        }
    }

    /** The device's {@code threaded} was written: an instance that is being polled changes when it is scheduled next. */
    void threaded(boolean isThreaded) {
        for (RxRing ring : rings) {
            ring.threaded = isThreaded;
        }
    }

    /** A CPU is dead: interrupts that it took go to others. */
    void onCpuDead(int cpu) {
        for (RxRing ring : rings) {
            if (ring.irqCpu == cpu) {
                ring.leaveCpu(host.softnet.online());
            }
        }
    }

    /** The device comes up, or goes down and frees its rings; a packet that a driver has in hand goes its way. */
    void running(boolean isRunning, long nowNs) {
        running = isRunning;
        host.receive.deviceRunning(isRunning);
        for (RxRing ring : rings) {
            while (!isRunning && !ring.packets.isEmpty()) {
                host.drop(ring.packets.remove(), ring.irqCpu, DropReason.NIC_DOWN, nowNs);
            }
        }
    }

    /** A packet reaches the NIC. */
    void onArrival(Arrival arrival, boolean measured, long nowNs) {
        final int packet = pool.admit(arrival, measured);
        int queue = arrival.rxQueue == Arrival.BY_RSS
                ? indirection[arrival.rssHash & (indirection.length - 1)]
                : arrival.rxQueue;
        if (ntuple != null) {
            queue = ntuple.queueOf(packet, queue, nowNs);
        }
        pool.rxQueue[packet] = queue;
        if (host.xfrm != null) {
            host.xfrm.onAdmitted(packet, arrival);
        }
        host.recorder.onArrived(packet);
        final RxRing ring = rings[queue];
        // A sender whose CPU is offline has been moved, to wherever the interrupt goes too.
        final boolean byIrq = arrival.cpu == Arrival.BY_IRQ || !host.softnet.isOnline(arrival.cpu);
        final int cpu = byIrq ? ring.irqCpu : arrival.cpu;
        if (!napi) {
            host.receive.netifRx(packet, cpu, nowNs);
            return;
        }
        if (!running || ring.packets.length() == ringSize) {
            DropReason reason = running ? DropReason.RX_RING : DropReason.NIC_DOWN;
            host.drop(packet, ring.irqCpu, reason, nowNs);
            return;
        }
        ring.packets.add(packet);
        if (ring.irqEnabled && !ring.irqPending) {
            armInterrupt(ring, nowNs);
        }
    }

    private void armInterrupt(RxRing ring, long nowNs) {
        ring.irqPending = true;
        host.calendar.schedule(nowNs + moderationNs, Event.of(Event.RX_IRQ, ring.queue, 0));
    }

    /** The interrupt of a queue fires: NAPI takes over. */
    void onInterrupt(int queue, long nowNs) {
        final RxRing ring = rings[queue];
        ring.irqPending = false;
        ring.irqEnabled = false;
        ring.irqNs = nowNs;
        final VirtualCpu cpu = host.cpus[ring.irqCpu];
        final long wakeNs = cpu.softirq.scheduleQueue(queue, nowNs);
        cpu.interrupt(nowNs, host.costs.costNs(Stage.HARDIRQ, ring.irqCpu, ring.irqCpu, 0) + wakeNs);
    }

    /** NAPI found the ring empty and turns the interrupt on again. */
    void onNapiComplete(RxRing ring, long nowNs) {
        ring.irqEnabled = true;
        // With GRO, packets may have come while what was held went up the stack.
        if (ring.txCompletions > 0 || !ring.packets.isEmpty()) {
            armInterrupt(ring, nowNs);
        }
    }

    /**
     * A CPU transmits a packet on its queue (XPS: CPU modulo queues), whose vector it shares with the RX queue of the same
     * number; on the {@code netif_rx} path nothing is left to clean.
     */
    void transmit(int cpu, long nowNs) {
        if (!napi) {
            return;
        }
        final RxRing ring = rings[cpu % rings.length];
        ring.txCompletions++;
        if (ring.irqEnabled && !ring.irqPending) {
            armInterrupt(ring, nowNs);
        }
    }

    /** NAPI cleans what was transmitted; returns how many packets. */
    int cleanTransmitted(RxRing ring) {
        final int cleaned = ring.txCompletions;
        ring.txCompletions = 0;
        return cleaned;
    }
}
