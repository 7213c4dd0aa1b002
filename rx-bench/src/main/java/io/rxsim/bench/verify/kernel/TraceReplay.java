package io.rxsim.bench.verify.kernel;

import io.rxsim.core.kernel.Rule;
import io.rxsim.core.run.Machine;
import io.rxsim.core.softnet.SocketFlowHash;
import io.rxsim.core.steer.Decision;
import io.rxsim.core.steer.SteeringReason;
import io.rxsim.steering.RfsPolicy;
import io.rxsim.steering.RpsDevFlowTable;
import io.rxsim.steering.RpsSockFlowTable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Lets the product's policies decide about every packet of a trace, from what the trace says happened before it, and counts where the
 * kernel's CPU is the same.
 *
 * <p>Nothing is guessed. Where the trace leaves open which of two things came first, and the answer depends on it, the packet is not
 * compared; the state goes on with what the kernel then did. What would leave the state itself open ends the comparison of the
 * configuration. One thread.
 */
final class TraceReplay {
    private static final int SENDER_SOCKETS = 1 << 20;

    private final TraceIndex trace;
    private final ConfigurationTally tally;
    private final RfsPolicy policy;
    private final TracedBacklogs backlogs;
    private final SocketFlowHash sockets = new SocketFlowHash();
    private final Map<Integer, Integer> recordedAt = new HashMap<>();
    private final Map<Integer, Integer> callBegan = new HashMap<>();
    private final boolean headOncePerPoll;
    private int foreignSeen;
    private int lastForeignCall = TracedPacket.NEVER;
    private String ended;

    /** A replay under a machine's rules and settings, with empty tables. */
    TraceReplay(Machine machine, TraceIndex trace, ConfigurationTally tally) {
        this.trace = trace;
        this.tally = tally;
        policy = new RfsPolicy(machine);
        backlogs = new TracedBacklogs(machine.online());
        headOncePerPoll = machine.rules().has(Rule.HEAD_ONCE_PER_POLL);
    }

    /** Goes through the whole trace. */
    void run() {
        Map<Integer, TracedPacket> decidedAt = new HashMap<>();
        Map<Integer, List<TracedPacket>> receivedAt = new HashMap<>();
        Map<Integer, List<TracedPacket>> returnedAt = new HashMap<>();
        for (TracedPacket packet : trace.packets()) {
            decidedAt.put(packet.queued, packet);
            receivedAt.computeIfAbsent(packet.received, at -> new ArrayList<>()).add(packet);
            returnedAt
                    .computeIfAbsent(packet.pollReturned, at -> new ArrayList<>())
                    .add(packet);
        }
        findAdvances(receivedAt);
        for (int at = 0; at < trace.size(); at++) {
            seeForeignCalls(at);
            TracedPacket decided = decidedAt.get(at);
            if (decided != null && decided.toReceiver) {
                onDecided(decided);
            }
            for (TracedPacket packet : returnedAt.getOrDefault(at, List.of())) {
                onProcessed(packet);
            }
            Mark mark = trace.mark(at);
            if (mark != null) {
                onMark(at, mark);
            }
        }
        for (TracedPacket packet : trace.packets()) {
            if (packet.toReceiver && packet.queued == TracedPacket.NEVER) {
                tally.skip("the trace ends inside netif_rx");
            }
        }
    }

    private void findAdvances(Map<Integer, List<TracedPacket>> receivedAt) {
        for (int at = 0; at < trace.size(); at++) {
            for (TracedPacket packet : receivedAt.getOrDefault(at, List.of())) {
                if (!packet.toReceiver) {
                    continue;
                }
                if (!headOncePerPoll) {
                    backlogs.onGone(packet.actualCpu, at, at);
                } else if (packet.pollReturned != TracedPacket.NEVER) {
                    backlogs.onGone(packet.actualCpu, packet.gone, packet.pollReturned);
                }
            }
        }
    }

    private void seeForeignCalls(int at) {
        List<Integer> calls = trace.foreignCalls();
        while (foreignSeen < calls.size() && calls.get(foreignSeen) <= at) {
            lastForeignCall = calls.get(foreignSeen++);
        }
    }

    private void onDecided(TracedPacket packet) {
        String cause = whyNotPredicted(packet);
        if (cause != null) {
            tally.skip(cause);
            if (packet.actualCpu != TracedPacket.NEVER) {
                backlogs.onQueued(packet.actualCpu);
            }
            return;
        }
        backlogs.lookAt(packet.taken, packet.queued, false);
        boolean open = dependsOnAdvance(packet);
        if (open && packet.actualCpu == policy.sockFlowTable().desiredCpu(packet.hash)) {
            backlogs.lookAt(packet.taken, packet.queued, true);
        }
        int byRps = cpuOr(policy.rps().steer(packet.rxQueue, packet.hash, 0, backlogs), packet.intakeCpu);
        long decision = policy.steer(packet.rxQueue, packet.hash, 0, backlogs);
        int predicted = cpuOr(decision, packet.intakeCpu);
        if (packet.actualCpu == TracedPacket.NEVER) {
            tally.skip(packet.accepted ? "not seen after steering" : "refused by the backlog");
            return;
        }
        int qtail = backlogs.onQueued(packet.actualCpu);
        if (Decision.hasSlot(decision)) {
            policy.onEnqueued(packet.rxQueue, decision, qtail);
        }
        SteeringReason reason = Decision.reason(decision);
        if (open) {
            tally.skip("a poll was about to return");
        } else if (reason.tracked() && isInDoubt(packet.hash)) {
            tally.skip("another process used a socket since the recv");
            endUnless(predicted == packet.actualCpu, "an entry may be another process's");
        } else {
            boolean policiesDiffer = byRps != packet.intakeCpu || predicted != packet.intakeCpu;
            tally.compare(packet, reason, predicted, policiesDiffer);
        }
    }

    private String whyNotPredicted(TracedPacket packet) {
        if (!packet.hasHash) {
            return "no hash in the line";
        }
        if (packet.flow == TestTraffic.BLOCKER) {
            return "holds a backlog up";
        }
        if (ended == null && packet.flow == FlowRegister.UNKNOWN) {
            ended = "a hash of no known flow";
        }
        return ended;
    }

    /** Whether it depends on a head that may or may not have advanced yet whether the packet's flow moves. */
    private boolean dependsOnAdvance(TracedPacket packet) {
        if (!policy.inForce(packet.rxQueue)) {
            return false;
        }
        int want = policy.sockFlowTable().desiredCpu(packet.hash);
        RpsDevFlowTable flows = policy.flowTable(packet.rxQueue);
        int slot = flows.slot(packet.hash);
        int current = flows.cpu(slot);
        if (want == RpsSockFlowTable.MISMATCH || want == current || current >= backlogs.cpuCount()) {
            return false;
        }
        backlogs.lookAt(packet.taken, packet.queued, true);
        int late = backlogs.inputQueueHead(current) - flows.lastQtail(slot);
        backlogs.lookAt(packet.taken, packet.queued, false);
        int early = backlogs.inputQueueHead(current) - flows.lastQtail(slot);
        return early < 0 && late >= 0;
    }

    /** Whether another process may have overwritten the entry since it was recorded. */
    private boolean isInDoubt(int hash) {
        Integer recorded = recordedAt.get(policy.sockFlowTable().index(hash));
        return recorded == null || lastForeignCall > recorded;
    }

    private void onProcessed(TracedPacket packet) {
        if (packet.flow != FlowRegister.UNKNOWN) {
            sockets.onPacket(socket(packet.toReceiver, packet.flow), packet.hash);
        }
    }

    private static int socket(boolean receiver, int flow) {
        return receiver ? flow : SENDER_SOCKETS + flow;
    }

    private void onMark(int at, Mark mark) {
        boolean receiver = mark.call() == Mark.Call.RECV || mark.call() == Mark.Call.ACCEPT;
        int socket = socket(receiver, mark.flow());
        if (mark.begins()) {
            callBegan.put(socket, at);
        }
        if (mark.call() == Mark.Call.SEND && mark.begins()) {
            record(at, at, sockets.onCall(socket));
        } else if (receiver && !mark.begins()) {
            onReceiveReturned(at, callBegan.get(socket), mark.flow());
        }
    }

    /** The call recorded its CPU at some moment between its marks; nothing that asks for the entry may lie between them. */
    private void onReceiveReturned(int at, int began, int flow) {
        int hash = sockets.onCall(flow);
        for (TracedPacket packet : trace.packets()) {
            if (!packet.toReceiver || !packet.hasHash) {
                continue;
            }
            boolean firstOfSocket = packet.flow == flow && packet.received < at && packet.pollReturned > began;
            if (firstOfSocket && hash != packet.hash && packet.received != TracedPacket.NEVER) {
                endUnless(false, "a socket's first packet came during a recv");
            }
            boolean steeredMeanwhile = packet.taken < at && packet.queued > began;
            if (steeredMeanwhile && sameEntry(packet.hash, hash)) {
                endUnless(false, "a packet was steered during its flow's recv");
            }
        }
        endUnless(trace.event(began).cpu() == trace.event(at).cpu(), "a thread moved during recv");
        record(at, began, hash);
    }

    private boolean sameEntry(int hash, int other) {
        RpsSockFlowTable table = policy.sockFlowTable();
        return table != null && other != SocketFlowHash.NO_HASH && table.index(hash) == table.index(other);
    }

    private void record(int at, int began, int hash) {
        if (hash != SocketFlowHash.NO_HASH && policy.sockFlowTable() != null) {
            policy.onConsumed(hash, trace.event(at).cpu());
            recordedAt.put(policy.sockFlowTable().index(hash), began);
        }
    }

    private void endUnless(boolean clear, String cause) {
        if (!clear && ended == null) {
            ended = cause;
        }
    }

    private static int cpuOr(long decision, int intakeCpu) {
        int cpu = Decision.cpu(decision);
        return cpu == Decision.NO_CPU ? intakeCpu : cpu;
    }
}
