package io.rxsim.steering;

import io.rxsim.core.kernel.Rule;
import io.rxsim.core.run.Machine;
import io.rxsim.core.run.RxQueueConfig;
import io.rxsim.core.softnet.SoftnetView;
import io.rxsim.core.steer.AcceleratedSteering;
import io.rxsim.core.steer.FlowSteering;

/**
 * Accelerated RFS: when a flow may move to another CPU, the NIC is asked to deliver it to the queue whose interrupt is nearest to
 * that CPU; until it does, and where it does not, RFS steers in software.
 *
 * <p>Source: {@code set_rps_cpu}, {@code rps_flow_is_active}, {@code rps_may_expire_flow} (net/core/dev.c), 6.18 with the slot of
 * the target queue's table ("net: do not pass flow_id to set_rps_cpu()"; 6.18-rc1 used the slot number of the source queue's). No
 * request is made where the target queue is the packet's or has no flow table, nor where its slot holds the filter of an
 * active flow of another hash, or of this flow for this CPU. After a successful request the flow goes on in the target
 * queue's slot; the source queue's keeps its CPU, so that packets that still come there ask again.
 *
 * <p>Without {@link #attach}, and in 2.6.35, it is RFS. Threads: as {@link RfsPolicy}, but a move writes the slots
 * of another queue, as the kernel does without a lock: all queues from one thread.
 */
public final class AcceleratedRfsPolicy extends RfsPolicy implements AcceleratedSteering {
    private static final int ACTIVE_PER_SLOT = 10;

    private final RpsDevFlowFilters[] filters;
    private final int cpuCount;
    private final boolean accelerated;
    private FlowSteering device;
    private long heldByActive;

    /** The policy of a host, with empty tables. */
    public AcceleratedRfsPolicy(Machine machine) {
        super(machine);
        accelerated = machine.rules().has(Rule.ACCELERATED_RFS);
        cpuCount = machine.cpuCount();
        filters = machine.net().queues().stream()
                .map(RxQueueConfig::rpsFlowCnt)
                .map(AcceleratedRfsPolicy::newFilters)
                .toArray(RpsDevFlowFilters[]::new);
    }

    private static RpsDevFlowFilters newFilters(int slots) {
        return slots == 0 ? null : new RpsDevFlowFilters(slots);
    }

    @Override
    public void attach(FlowSteering itsDevice) {
        device = accelerated ? itsDevice : null;
    }

    @Override
    public void onRpsFlowCnt(int rxQueue, int slots) {
        super.onRpsFlowCnt(rxQueue, slots);
        filters[rxQueue] = newFilters(slots);
    }

    @Override
    long move(int rxQueue, int hash, int want, SoftnetView softnet) {
        if (device == null || want >= cpuCount) {
            return super.move(rxQueue, hash, want, softnet);
        }
        final int target = device.queueNear(want);
        final boolean elsewhere =
                target != rxQueue && flowTable(target) != null && request(rxQueue, target, hash, want, softnet);
        return point(elsewhere ? target : rxQueue, rxQueue, hash, want, softnet);
    }

    private boolean request(int rxQueue, int target, int hash, int want, SoftnetView softnet) {
        final RpsDevFlowFilters there = filters[target];
        final int itsSlot = flowTable(target).slot(hash);
        if (there.filter(itsSlot) != RpsDevFlowFilters.NO_FILTER
                && isActive(target, itsSlot, softnet)
                && (there.hash(itsSlot) != hash || flowTable(target).cpu(itsSlot) == want)) {
            heldByActive++;
            return false;
        }
        final int filter = device.steer(hash, target, itsSlot);
        if (filter < 0) {
            return false;
        }
        there.set(itsSlot, filter, hash);
        final int source = flowTable(rxQueue).slot(hash);
        if (filters[rxQueue].filter(source) == filter) {
            filters[rxQueue].clear(source);
        }
        return true;
    }

    /** Whether the slot's CPU has processed fewer than ten packets per slot since the slot's last one. */
    private boolean isActive(int rxQueue, int slot, SoftnetView softnet) {
        final RpsDevFlowTable flows = flowTable(rxQueue);
        final int cpu = flows.cpu(slot);
        return cpu < cpuCount && softnet.inputQueueHead(cpu) - flows.lastQtail(slot) < ACTIVE_PER_SLOT * flows.size();
    }

    @Override
    public boolean mayExpire(int rxQueue, int slot, int filter, SoftnetView softnet) {
        final RpsDevFlowTable flows = flowTable(rxQueue);
        return flows == null
                || slot >= flows.size()
                || filters[rxQueue].filter(slot) != filter
                || !isActive(rxQueue, slot, softnet);
    }

    @Override
    public long heldByActive() {
        return heldByActive;
    }
}
