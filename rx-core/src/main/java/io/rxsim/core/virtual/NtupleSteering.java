package io.rxsim.core.virtual;

import io.rxsim.core.cost.Stage;
import io.rxsim.core.cpu.CpuMask;
import io.rxsim.core.cpu.CpuRmap;
import io.rxsim.core.kernel.Errno;
import io.rxsim.core.nic.NtupleFilters;
import io.rxsim.core.run.Machine;
import io.rxsim.core.run.NtupleResult;
import io.rxsim.core.run.Placement;
import io.rxsim.core.steer.AcceleratedSteering;
import io.rxsim.core.steer.FlowSteering;

/**
 * The driver's part of accelerated RFS: it takes requests for filters, tells the NIC, and looks now and then for filters that may
 * go. Modelled on {@code efx_filter_rfs} and {@code efx_filter_rfs_expire} (drivers/net/ethernet/sfc/rx_common.c, 6.18).
 *
 * <p>The CPU-to-queue map follows writes of {@code smp_affinity}, as through the interrupt's affinity notifier; an interrupt that
 * leaves a dead CPU tells nobody. Deviations: a request and the work that programs the NIC are one price, stage {@link
 * Stage#FLOW_STEER}, in the softirq that asks; all filters are looked at in each scan, for free. One thread.
 */
final class NtupleSteering implements FlowSteering {
    private final VirtualHost host;
    private final AcceleratedSteering policy;
    private final NtupleFilters filters;
    private final CpuRmap rmap;
    private final long scanNs;
    private boolean scanning;

    /** The packet that is being steered, and by whom. */
    private int packet;

    private int cpu;

    private long inserted;
    private long moved;
    private long busy;
    private long full;
    private long notSupported;
    private long expired;
    private long caught;
    private long meanwhile;
    private long misdirected;

    private NtupleSteering(VirtualHost host, AcceleratedSteering policy) {
        final Machine machine = host.scenario.machine();
        this.host = host;
        this.policy = policy;
        this.filters = new NtupleFilters(
                machine.nic().ntuple().filters(), machine.nic().ntuple().latencyNs());
        this.scanNs = machine.nic().ntuple().scanNs();
        this.rmap = new CpuRmap(machine.profile().topology(), machine.nic().queues());
        for (int queue = 0; queue < machine.nic().queues(); queue++) {
            rmap.update(queue, machine.nic().irqAffinity().get(queue), machine.online());
        }
        policy.attach(this);
    }

    /** The filters of a host, or null where its policy asks for none or its NIC takes none. */
    static NtupleSteering of(VirtualHost host) {
        return host.policy instanceof AcceleratedSteering policy
                        && host.scenario.machine().nic().ntuple().filters() > 0
                ? new NtupleSteering(host, policy)
                : null;
    }

    /** A CPU is about to steer a packet. */
    void onPacket(int itsPacket, int itsCpu) {
        packet = itsPacket;
        cpu = itsCpu;
    }

    /** The interrupt of a queue was given other CPUs. */
    void onAffinity(int queue, CpuMask mask) {
        rmap.update(queue, mask, host.softnet.online());
    }

    @Override
    public int queueNear(int itsCpu) {
        return rmap.queueNear(itsCpu);
    }

    @Override
    public int steer(int hash, int rxQueue, int slot) {
        final PacketPool pool = host.pool;
        final long nowNs = host.nowNs();
        host.cpus[cpu].softirq.charge(host.costs.costNs(Stage.FLOW_STEER, cpu, cpu, 0));
        if (!pool.socket[packet]) {
            notSupported++;
            return -Errno.EPROTONOSUPPORT.number();
        }
        if (filters.isBusy(nowNs)) {
            busy++;
            return -Errno.EBUSY.number();
        }
        int filter = filters.find(pool.flow[packet], pool.direction[packet], pool.generation[packet]);
        if (filter != NtupleFilters.NONE) {
            moved++;
            filters.move(filter, rxQueue, slot, nowNs);
        } else if (filters.isFull()) {
            full++;
            return -Errno.ENOSPC.number();
        } else {
            inserted++;
            filter = filters.insert(
                    pool.flow[packet], pool.direction[packet], pool.generation[packet], rxQueue, slot, nowNs);
        }
        startScanning(nowNs);
        return filter;
    }

    /** The queue to which the NIC gives an arriving packet that RSS would give to another. */
    int queueOf(int arriving, int byRss, long nowNs) {
        final PacketPool pool = host.pool;
        final int flow = pool.flow[arriving];
        final int filter = filters.find(flow, pool.direction[arriving], pool.generation[arriving]);
        if (filter == NtupleFilters.NONE) {
            return byRss;
        }
        final int caughtBy = filters.queueNow(filter, nowNs);
        final int queue = caughtBy == NtupleFilters.NONE ? byRss : caughtBy;
        if (!filters.isEffective(filter, nowNs) && queue != filters.queue(filter)) {
            meanwhile++;
        }
        if (caughtBy != NtupleFilters.NONE) {
            caught++;
            final int application = host.sockets.cpuOf(flow);
            if (application != Placement.NO_APPLICATION && rmap.queueNear(application) != queue) {
                misdirected++;
            }
        }
        return queue;
    }

    private void startScanning(long nowNs) {
        if (!scanning) {
            scanning = true;
            host.calendar.schedule(nowNs + scanNs, Event.of(Event.NTUPLE_SCAN, 0, 0));
        }
    }

    /** The driver looks for filters that may go; it looks again as long as there are any. */
    void onScan(long nowNs) {
        scanning = false;
        for (int filter = 0; filter < filters.capacity(); filter++) {
            if (filters.isUsed(filter)
                    && filters.isEffective(filter, nowNs)
                    && policy.mayExpire(filters.queue(filter), filters.slot(filter), filter, host.softnet)) {
                filters.remove(filter);
                expired++;
            }
        }
        if (filters.size() > 0 && !host.isEnded()) {
            startScanning(nowNs);
        }
    }

    NtupleResult result() {
        return new NtupleResult(
                new NtupleResult.Requests(inserted, moved, busy, full, notSupported),
                filters.size(),
                expired,
                policy.heldByActive(),
                new NtupleResult.Packets(caught, meanwhile, misdirected));
    }
}
