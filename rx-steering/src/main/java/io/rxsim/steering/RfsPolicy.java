package io.rxsim.steering;

import io.rxsim.core.cpu.CpuMask;
import io.rxsim.core.kernel.KernelRules;
import io.rxsim.core.kernel.Rule;
import io.rxsim.core.run.Machine;
import io.rxsim.core.run.RxQueueConfig;
import io.rxsim.core.softnet.SoftnetView;
import io.rxsim.core.steer.Decision;
import io.rxsim.core.steer.ReplayableSteering;
import io.rxsim.core.steer.SteeringReason;

/**
 * Receive flow steering: a flow's packets follow the application that consumes it, but move to its new CPU only when the old
 * one has processed everything the flow's slot sent there. Where RFS has no answer the queue's RPS map decides.
 *
 * <p>Source: {@code get_rps_cpu} and {@code set_rps_cpu} (net/core/dev.c), 6.18 and 2.6.35. The two differ in the tables
 * ({@link RpsSockFlowTable}, {@link RpsDevFlowTable}) and in which slots count as unset: any number from nr_cpu_ids on in 6.18,
 * 0xffff alone in 2.6.35. As an impossible CPU is never online either, one test serves both.
 *
 * <p>Threads: {@link #steer} and {@link #onEnqueued} of one RX queue come from one thread; {@link #onConsumed} and
 * {@link #onClosed} from any, racing with both.
 */
public class RfsPolicy implements ReplayableSteering {
    private final RpsPolicy rps;
    private RpsSockFlowTable sockFlowTable;
    private final RpsDevFlowTable[] flowTables;
    private final KernelRules rules;
    private final int cpuCount;
    private final boolean tailCheck;

    /** The policy of a host, with empty tables of the sizes in its settings; a size of 0 means no table. */
    @SuppressWarnings("this-escape")
    public RfsPolicy(Machine machine) {
        rps = new RpsPolicy(machine);
        rules = machine.rules();
        cpuCount = machine.cpuCount();
        onRpsSockFlowEntries(machine.net().rpsSockFlowEntries());
        flowTables = machine.net().queues().stream()
                .map(RxQueueConfig::rpsFlowCnt)
                .map(this::newFlowTable)
                .toArray(RpsDevFlowTable[]::new);
        tailCheck = rules.has(Rule.TAIL_CHECK);
    }

    private RpsDevFlowTable newFlowTable(int slots) {
        return slots == 0 ? null : new RpsDevFlowTable(slots, rules);
    }

    @Override
    public void onRpsCpus(int rxQueue, CpuMask map) {
        rps.onRpsCpus(rxQueue, map);
    }

    /** Forgets where the queue's flows are: those with packets queued may be reordered, as in the kernel. */
    @Override
    public void onRpsFlowCnt(int rxQueue, int slots) {
        flowTables[rxQueue] = newFlowTable(slots);
    }

    /** Forgets all entries, also where the size stays (rps_sock_flow_sysctl, net/core/sysctl_net_core.c). */
    @Override
    public void onRpsSockFlowEntries(int entries) {
        sockFlowTable = entries == 0 ? null : new RpsSockFlowTable(entries, cpuCount, rules);
    }

    @Override
    public long steer(int rxQueue, int hash, long nowNs, SoftnetView softnet) {
        return steerByEntry(rxQueue, hash, entry(hash), softnet);
    }

    @Override
    public int entry(int hash) {
        RpsSockFlowTable table = sockFlowTable;
        return table == null ? 0 : table.entry(table.index(hash));
    }

    @Override
    public long steerByEntry(int rxQueue, int hash, int entry, SoftnetView softnet) {
        RpsDevFlowTable flows = flowTableInForce(rxQueue);
        if (hash == 0 || flows == null) {
            return rps.steer(rxQueue, hash, 0, softnet);
        }
        int want = sockFlowTable.desiredCpu(hash, entry);
        if (want == RpsSockFlowTable.MISMATCH) {
            return fallback(rxQueue, hash, softnet);
        }
        int slot = flows.slot(hash);
        int cur = flows.cpu(slot);
        if (cur != want) {
            return elsewhere(rxQueue, hash, want, softnet);
        }
        return usable(cur, softnet)
                ? Decision.of(cur, SteeringReason.MATCH, rxQueue, slot)
                : fallback(rxQueue, hash, softnet);
    }

    /** The slot's CPU is not the desired one: the packet moves with its flow, or follows the flow's earlier packets. */
    private long elsewhere(int rxQueue, int hash, int want, SoftnetView softnet) {
        RpsDevFlowTable flows = flowTables[rxQueue];
        int slot = flows.slot(hash);
        int cur = flows.cpu(slot);
        if (mayLeave(cur, flows.lastQtail(slot), softnet)) {
            return move(rxQueue, hash, want, softnet);
        }
        return usable(cur, softnet)
                ? Decision.of(cur, SteeringReason.HELD, rxQueue, slot)
                : fallback(rxQueue, hash, softnet);
    }

    /** A flow of a queue's packets may go to the desired CPU ({@code set_rps_cpu}). */
    long move(int rxQueue, int hash, int want, SoftnetView softnet) {
        return point(rxQueue, rxQueue, hash, want, softnet);
    }

    /** Points the flow's slot of a queue to the desired CPU; a packet of {@code rxQueue} goes there if it can. */
    final long point(int slotQueue, int rxQueue, int hash, int want, SoftnetView softnet) {
        RpsDevFlowTable flows = flowTables[slotQueue];
        int slot = flows.slot(hash);
        if (want < cpuCount) {
            flows.setLastQtail(slot, softnet.inputQueueHead(want));
        }
        flows.setCpu(slot, want);
        return usable(want, softnet)
                ? Decision.of(want, SteeringReason.MIGRATED, slotQueue, slot)
                : fallback(rxQueue, hash, softnet);
    }

    @Override
    public boolean rpsNeeded() {
        return sockFlowTable != null || rps.rpsNeeded();
    }

    @Override
    public void onEnqueued(int rxQueue, long decision, int qtail) {
        flowTables[Decision.slotQueue(decision)].setLastQtail(Decision.slot(decision), qtail);
    }

    @Override
    public void onConsumed(int hash, int cpu) {
        // Read once: the live engine replaces the table while applications record.
        RpsSockFlowTable table = sockFlowTable;
        if (table != null) {
            table.record(hash, cpu);
        }
    }

    @Override
    public void onClosed(int hash) {
        RpsSockFlowTable table = sockFlowTable;
        if (table != null) {
            table.clear(hash);
        }
    }

    /** Whether RFS is asked for a queue's packets: the queue and the system both have their table. */
    public boolean inForce(int rxQueue) {
        return flowTableInForce(rxQueue) != null;
    }

    private RpsDevFlowTable flowTableInForce(int rxQueue) {
        return sockFlowTable != null && rxQueue < flowTables.length ? flowTables[rxQueue] : null;
    }

    /** The global table; null where {@code rps_sock_flow_entries} is 0. */
    public RpsSockFlowTable sockFlowTable() {
        return sockFlowTable;
    }

    /** The flow table of a queue; null where its {@code rps_flow_cnt} is 0. */
    public RpsDevFlowTable flowTable(int rxQueue) {
        return flowTables[rxQueue];
    }

    /** The RPS part, which decides where RFS has no answer. */
    public RpsPolicy rps() {
        return rps;
    }

    /** A slot may leave a CPU that is none, that is offline, or whose head has reached the slot's tail (modulo 2^32). */
    private boolean mayLeave(int cpu, int lastQtail, SoftnetView softnet) {
        return !usable(cpu, softnet) || !tailCheck || softnet.inputQueueHead(cpu) - lastQtail >= 0;
    }

    private boolean usable(int cpu, SoftnetView softnet) {
        return cpu < cpuCount && softnet.isOnline(cpu);
    }

    private long fallback(int rxQueue, int hash, SoftnetView softnet) {
        return Decision.of(rps.mapCpu(rxQueue, hash, softnet), SteeringReason.FALLBACK);
    }
}
