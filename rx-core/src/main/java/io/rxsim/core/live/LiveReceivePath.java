package io.rxsim.core.live;

import io.rxsim.core.kernel.Rule;
import io.rxsim.core.run.NicConfig;
import io.rxsim.core.softnet.DropReason;
import io.rxsim.core.softnet.FlowLimits;
import io.rxsim.core.softnet.SocketFlowHash;
import io.rxsim.core.steer.Decision;
import io.rxsim.core.steer.SteeringPolicy;

/**
 * What happens to one packet on a simulated CPU: {@code netif_receive_skb}, {@code enqueue_to_backlog}, and protocol
 * processing up to the socket queue (net/core/dev.c, 6.18). One thread, the CPU's own.
 *
 * <p>Deviation: the flow limit looks at the queue's length before the claim, not under a lock with it; a packet that other CPUs' claims
 * then leave no room for has been taken into the history.
 */
final class LiveReceivePath<M> {
    private final SoftirqThread<M> softirq;
    private final LiveHost<M> host;
    private final SoftirqSend<M> send;
    private final SoftirqCounters counters;
    private final SteeringPolicy policy;
    private final LiveSoftnet<M> softnet;
    private final FlowLimits flowLimits;
    private final boolean inlineIfNotSteered;
    private final boolean hashChangeEmptiesEntry;
    private final int cpu;
    /** Null unless decisions are logged. */
    private final DecisionLogs logs;
    /** Of the packet in hand. */
    private DecisionLog log;

    private boolean handed;

    LiveReceivePath(SoftirqThread<M> softirq, LiveHost<M> host, SoftirqSend<M> send) {
        this.softirq = softirq;
        this.host = host;
        this.send = send;
        this.counters = softirq.counters;
        this.policy = host.policy();
        this.softnet = host.softnet();
        this.flowLimits = host.flowLimits();
        this.inlineIfNotSteered = host.machine().nic().path() == NicConfig.Path.NAPI;
        this.hashChangeEmptiesEntry = host.machine().rules().has(Rule.HASH_CHANGE_EMPTIES_ENTRY);
        this.cpu = softirq.cpu;
        this.logs = host.logs();
    }

    /** Whether the packet last given to {@link #steer} has left its RX ring, for when that did not return. */
    boolean isHanded() {
        return handed;
    }

    /** Decides for a packet off an RX ring, and queues or processes it; always true. */
    boolean steer(LivePacket<M> packet) {
        handed = false;
        final int target = decide(packet);
        if (target == Decision.NO_CPU && inlineIfNotSteered) {
            packet.processedNs = packet.takenNs;
            if (host.tap() != null) {
                host.tap().onSteered(packet, cpu, softnet.inputQueueHead(cpu), SteeringTap.INLINE);
            }
            protocol(packet);
        } else {
            enqueueToBacklog(packet, target == Decision.NO_CPU ? cpu : target);
        }
        return true;
    }

    /** {@code netif_rx} of a packet that a dead CPU left: a new decision; what is not steered takes this CPU's backlog. */
    void netifRx(LivePacket<M> packet) {
        final int target = decide(packet);
        enqueueToBacklog(packet, target == Decision.NO_CPU ? cpu : target);
    }

    private int decide(LivePacket<M> packet) {
        final LiveSocket<M> socket = packet.socket;
        // Before steer: an entry that is there when the flag is set is seen by steer.
        packet.beforeEntry = socket != null && !socket.isRecorded();
        packet.tables = host.tables();
        log = logs == null ? null : logs.of(packet.rxQueue);
        final long decision = log == null
                ? policy.steer(packet.rxQueue, packet.hash, softirq.nowNs(), softnet)
                : log.steer(policy, packet.hash, softirq.nowNs());
        packet.decision = decision;
        counters.reasons[Decision.reasonOrdinal(decision)]++;
        return Decision.cpu(decision);
    }

    private void enqueueToBacklog(LivePacket<M> packet, int target) {
        final Backlog<M> backlog = host.backlog(target);
        final SteeringTap<M> tap = host.tap();
        final int head = tap == null ? 0 : softnet.inputQueueHead(target);
        final long sequence =
                flowLimits.has(cpu) && isOverFlowLimit(packet, backlog) ? PacketRing.REFUSED : backlog.claim();
        if (sequence == PacketRing.REFUSED) {
            counters.backlogDrops[target]++;
            handed = true;
            if (log != null) {
                log.outcome(DecisionLog.DROPPED);
            }
            if (tap != null) {
                tap.onSteered(packet, target, head, SteeringTap.DROPPED);
            }
            host.onDropped(packet, DropReason.CPU_BACKLOG);
            return;
        }
        backlog.slot(sequence).copyFrom(packet);
        backlog.publish(sequence);
        handed = true;
        if (log != null) {
            log.outcome(Integer.toUnsignedLong(backlog.qtail(sequence)));
        }
        if (Decision.hasSlot(packet.decision)) {
            policy.onEnqueued(packet.rxQueue, packet.decision, backlog.qtail(sequence));
        }
        if (target == cpu) {
            softirq.scheduleOwnBacklog();
        } else {
            send.owe(target);
        }
        if (tap != null) {
            tap.onSteered(packet, target, head, Integer.toUnsignedLong(backlog.qtail(sequence)));
        }
    }

    /** {@code skb_flow_limit} of a packet that the length limit would let in at this moment. */
    private boolean isOverFlowLimit(LivePacket<M> packet, Backlog<M> backlog) {
        final int length = backlog.inputLength();
        return Integer.compareUnsigned(length, backlog.limit()) <= 0
                && flowLimits.drops(cpu, packet.hash, length, backlog.limit());
    }

    /** Protocol processing: the packet reaches its socket, or its end. */
    void protocol(LivePacket<M> packet) {
        SoftirqCounters.add(counters.processed, 1);
        final LiveSocket<M> socket = packet.socket;
        if (socket == null) {
            SoftirqCounters.add(counters.ended, 1);
            softirq.times.record(2, softirq.nowNs() - packet.arrivedNs);
            return;
        }
        if (socket.isClosed()) {
            SoftirqCounters.add(counters.noSocket, 1);
            host.onDropped(packet, DropReason.NO_SOCKET);
            return;
        }
        final int before = socket.learn(packet.hash);
        if (hashChangeEmptiesEntry && before != packet.hash && before != SocketFlowHash.NO_HASH) {
            policy.onClosed(before);
        }
        if (!socket.enqueue(packet)) {
            SoftirqCounters.add(counters.noRoomInSocket, 1);
            host.onDropped(packet, DropReason.SOCKET_RCVBUFF);
            return;
        }
        SoftirqCounters.add(counters.socketPackets, 1);
        if (socket.receiver().cpu() == cpu) {
            SoftirqCounters.add(counters.onApplicationCpu, 1);
        }
        send.announce(socket);
    }
}
