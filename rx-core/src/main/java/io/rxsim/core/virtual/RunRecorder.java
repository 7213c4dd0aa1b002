package io.rxsim.core.virtual;

import io.rxsim.core.run.HandoverCause;
import io.rxsim.core.run.Latency;
import io.rxsim.core.run.LatencyStage;
import io.rxsim.core.run.OrderAudit;
import io.rxsim.core.run.OrderResult;
import io.rxsim.core.run.RunDigest;
import io.rxsim.core.run.RxObserver;
import io.rxsim.core.run.Scenario;
import io.rxsim.core.softnet.DropReason;
import io.rxsim.core.steer.Decision;
import io.rxsim.core.steer.SteeringReason;
import java.util.EnumMap;
import java.util.Map;
import org.HdrHistogram.Histogram;

/** Counts, times, folds and audits every step of every packet of one run. One thread. */
final class RunRecorder {
    static final long HIGHEST_NS = 3_600_000_000_000L;
    static final int DIGITS = 3;
    private static final LatencyStage[] STAGES = LatencyStage.values();

    private final PacketPool pool;
    private final RxObserver observer;
    private final RunDigest digest = new RunDigest();
    private final OrderAudit audit;
    private final boolean accelerated;
    private final OrderAudit.Seen seen = new OrderAudit.Seen();
    private final Histogram total = new Histogram(HIGHEST_NS, DIGITS);
    private final Histogram transactions = new Histogram(HIGHEST_NS, DIGITS);
    private final Histogram service = new Histogram(HIGHEST_NS, DIGITS);
    private final Histogram[] stages = new Histogram[STAGES.length];
    private final long[] reasons = new long[SteeringReason.count()];
    private final long[] dropped = new long[DropReason.values().length];
    private long flushed;
    private final FlowRows flows;
    private final LoadParts parts;
    private final boolean ofEsp;
    /** ESP, which hears of losses and deliveries; null where nothing is decrypted. */
    private XfrmInput xfrm;

    private long packets;
    private long delivered;
    private long allIn;
    private long allOut;
    private long socketPackets;
    private long onApplicationCpu;
    private long lastArrivalNs;
    private long lastDeliveryNs;

    RunRecorder(Scenario scenario, PacketPool pool, RxObserver observer, FlowRows flows, LoadParts parts) {
        this.ofEsp = scenario.xfrm() != null;
        this.pool = pool;
        this.observer = observer;
        this.flows = flows;
        this.parts = parts;
        this.audit = flows.audit();
        this.accelerated = scenario.machine().nic().ntuple().filters() > 0;
        for (LatencyStage stage : STAGES) {
            if (ofEsp || !stage.ofEsp()) {
                stages[stage.ordinal()] = new Histogram(HIGHEST_NS, DIGITS);
            }
        }
        digest.fold(scenario.seed());
    }

    void attach(XfrmInput esp) {
        xfrm = esp;
    }

    void onArrived(int packet) {
        final long nowNs = pool.arrivalNs[packet];
        allIn++;
        digest.fold(nowNs);
        digest.fold((long) pool.hash[packet] << 32 | pool.rxQueue[packet]);
        flows.onArrived(pool.flow[packet]);
        if (pool.measured[packet]) {
            packets++;
            lastArrivalNs = nowNs;
            if (parts.mixed()) {
                parts.of(pool.flow[packet]).packets++;
            }
        }
        observer.onArrived(nowNs, pool.flow[packet], pool.sequence[packet], pool.rxQueue[packet]);
    }

    /** The packet, with all merged with it, leaves a stage; the next one begins now. */
    void onStageDone(int first, LatencyStage stage, long nowNs) {
        for (int packet = first; packet != PacketPool.NONE; packet = pool.merged[packet]) {
            if (pool.measured[packet]) {
                stages[stage.ordinal()].recordValue(Math.min(HIGHEST_NS, nowNs - pool.stageNs[packet]));
            }
            pool.stageNs[packet] = nowNs;
        }
    }

    /**
     * A step begins that is work on the packet itself: driver, protocol, recv, the application's, its answer. Work on
     * merged packets is work on each.
     */
    void onWork(int first, long costNs) {
        for (int packet = first; packet != PacketPool.NONE; packet = pool.merged[packet]) {
            pool.serviceNs[packet] += costNs;
        }
    }

    void onSteered(int packet, int cpu, long nowNs) {
        final long decision = pool.decision[packet];
        digest.fold(decision);
        if (audit.epoch() > 0) {
            pool.epoch[packet] = audit.epoch();
        }
        if (pool.measured[packet]) {
            reasons[Decision.reasonOrdinal(decision)]++;
        }
        observer.onSteered(nowNs, pool.flow[packet], pool.sequence[packet], cpu, decision);
    }

    void onEnqueued(int packet, int cpu, int qtail, long nowNs) {
        observer.onEnqueued(nowNs, pool.flow[packet], pool.sequence[packet], cpu, qtail);
    }

    /** The packet is about to be dropped from the backlog of a device that is unregistered: no counter of the kernel's moves. */
    void onFlushed(int first) {
        for (int packet = first; packet != PacketPool.NONE; packet = pool.merged[packet]) {
            flushed += pool.measured[packet] ? 1 : 0;
        }
    }

    /** The packet is lost, with all merged with it; their places become free. */
    void onDropped(int first, int cpu, DropReason reason, long nowNs) {
        int packet = first;
        while (packet != PacketPool.NONE) {
            final int following = pool.merged[packet];
            onOneDropped(packet, cpu, reason, nowNs);
            packet = following;
        }
    }

    private void onOneDropped(int packet, int cpu, DropReason reason, long nowNs) {
        allOut++;
        digest.fold(nowNs);
        digest.fold(0xd0d0L << 16 | reason.ordinal());
        flows.onDropped(pool.flow[packet]);
        if (pool.measured[packet]) {
            dropped[reason.ordinal()]++;
            if (parts.mixed()) {
                parts.of(pool.flow[packet]).dropped++;
            }
        }
        if (xfrm != null) {
            xfrm.onDropped(packet, reason);
        }
        observer.onDropped(nowNs, pool.flow[packet], pool.sequence[packet], cpu, reason);
        pool.release(packet);
    }

    /** Protocol processing of a packet ended on a CPU; its application, if any, runs on {@code applicationCpu}. */
    void onProcessed(int first, int cpu, int applicationCpu, long nowNs) {
        digest.fold(nowNs);
        digest.fold(cpu);
        seen.decision = pool.decision[first];
        seen.beforeEntry = pool.beforeEntry[first];
        seen.epoch = audit.epoch() > 0 ? pool.epoch[first] : 0;
        for (int packet = first; packet != PacketPool.NONE; packet = pool.merged[packet]) {
            onOneProcessed(packet, cpu, applicationCpu, nowNs);
        }
    }

    private void onOneProcessed(int packet, int cpu, int applicationCpu, long nowNs) {
        seen.flow = pool.flow[packet];
        seen.direction = pool.direction[packet];
        seen.sequence = pool.sequence[packet];
        seen.hash = pool.hash[packet];
        seen.rxQueue = accelerated && changesSlot(packet) ? OrderAudit.OTHER_SLOT : pool.rxQueue[packet];
        seen.nowNs = nowNs;
        if (audit.onProcessed(seen)) {
            flows.onOutOfOrder(seen.flow);
        }
        if (applicationCpu >= 0 && pool.measured[packet]) {
            socketPackets++;
            if (applicationCpu == cpu) {
                onApplicationCpu++;
            }
        }
        observer.onProcessed(nowNs, seen.flow, seen.sequence, cpu);
    }

    /** A NAPI poll returned. */
    void onPolled(int cpu, int napi, int work, int weight, long nowNs) {
        observer.onPolled(nowNs, cpu, napi, work, weight);
    }

    /** Whether accelerated RFS has put a packet into the slot of another queue than it came over. */
    private boolean changesSlot(int packet) {
        return Decision.hasSlot(seen.decision) && Decision.slotQueue(seen.decision) != pool.rxQueue[packet];
    }

    /** The application has the packet, with all merged with it; returns how many of them are measured. */
    int onConsumed(int first, int cpu, long nowNs) {
        digest.fold(nowNs);
        int measured = 0;
        for (int packet = first; packet != PacketPool.NONE; packet = pool.merged[packet]) {
            measured += pool.measured[packet] ? 1 : 0;
            observer.onConsumed(nowNs, pool.flow[packet], pool.sequence[packet], cpu);
        }
        return measured;
    }

    /** The packet has reached its end, with all merged with it; their places become free. */
    void onDelivered(int first, long nowNs) {
        int packet = first;
        while (packet != PacketPool.NONE) {
            final int following = pool.merged[packet];
            onOneDelivered(packet, nowNs);
            packet = following;
        }
    }

    private void onOneDelivered(int packet, long nowNs) {
        digest.fold(nowNs);
        allOut++;
        flows.onDelivered(pool.flow[packet]);
        final long responseNs = nowNs - pool.arrivalNs[packet];
        if (pool.serviceNs[packet] > responseNs) {
            throw new IllegalStateException("service: work of " + pool.serviceNs[packet] + "ns on packet "
                    + pool.sequence[packet] + " of flow " + pool.flow[packet] + " is more than its response time of "
                    + responseNs + "ns");
        }
        if (pool.measured[packet]) {
            delivered++;
            lastDeliveryNs = nowNs;
            total.recordValue(Math.min(HIGHEST_NS, responseNs));
            service.recordValue(Math.min(HIGHEST_NS, pool.serviceNs[packet]));
            if (parts.mixed()) {
                onDelivered(parts.of(pool.flow[packet]), responseNs);
            }
        }
        if (xfrm != null) {
            xfrm.onDelivered(packet, responseNs);
        }
        pool.release(packet);
    }

    private static void onDelivered(LoadPart part, long responseNs) {
        part.delivered++;
        if (!part.transactional) {
            part.latency.recordValue(Math.min(HIGHEST_NS, responseNs));
        }
    }

    /** A client of a workload has the answer to a request; {@code measuring} says whether it counts. */
    void onTransaction(LoadPart part, long latencyNs, boolean measuring) {
        digest.fold(latencyNs);
        if (measuring) {
            transactions.recordValue(Math.min(HIGHEST_NS, latencyNs));
            if (part.latency != null) {
                part.latency.recordValue(Math.min(HIGHEST_NS, latencyNs));
            }
        }
    }

    /** Transaction times as the clients measure them. */
    Histogram transactions() {
        return transactions;
    }

    /** What steers is changed: packets steered before and after may pass each other. */
    void onSteeringChanged(HandoverCause cause) {
        audit.onSteeringChanged(cause);
    }

    /** A flow's number is given to a new connection. */
    void onFlowReused(int flow) {
        audit.onReused(flow);
    }

    /** Checks that every packet is accounted for. */
    void checkConservation() {
        if (allIn != allOut + pool.inside()) {
            throw new IllegalStateException("conservation: packets=" + allIn + " is not delivered+dropped=" + allOut
                    + " plus queued=" + pool.inside());
        }
    }

    long digest() {
        return digest.value();
    }

    long packets() {
        return packets;
    }

    long delivered() {
        return delivered;
    }

    long queued() {
        long gone = delivered;
        for (long count : dropped) {
            gone += count;
        }
        return packets - gone;
    }

    long socketPackets() {
        return socketPackets;
    }

    long onApplicationCpu() {
        return onApplicationCpu;
    }

    long lastArrivalNs() {
        return lastArrivalNs;
    }

    long lastDeliveryNs() {
        return lastDeliveryNs;
    }

    OrderResult order() {
        return audit.result();
    }

    Latency latency() {
        Map<LatencyStage, Histogram> byStage = new EnumMap<>(LatencyStage.class);
        for (LatencyStage stage : STAGES) {
            if (stages[stage.ordinal()] != null) {
                byStage.put(stage, stages[stage.ordinal()]);
            }
        }
        return new Latency(total, service, byStage);
    }

    Map<SteeringReason, Long> reasons() {
        Map<SteeringReason, Long> byReason = new EnumMap<>(SteeringReason.class);
        for (SteeringReason reason : SteeringReason.values()) {
            byReason.put(reason, reasons[reason.ordinal()]);
        }
        return byReason;
    }

    /** What {@code enqueue_to_backlog} counts for the device (rx_dropped), which {@code flush_backlog} does not. */
    long rxDropped() {
        return dropped[DropReason.CPU_BACKLOG.ordinal()] + dropped[DropReason.DEV_READY.ordinal()] - flushed;
    }

    Map<DropReason, Long> dropped() {
        Map<DropReason, Long> byReason = new EnumMap<>(DropReason.class);
        for (DropReason reason : DropReason.values()) {
            byReason.put(reason, dropped[reason.ordinal()]);
        }
        return byReason;
    }
}
