package io.rxsim.core.live;

import io.rxsim.core.run.CpuResult;
import io.rxsim.core.run.HandoverCause;
import io.rxsim.core.run.OrderResult;
import io.rxsim.core.softnet.DropReason;
import io.rxsim.core.steer.SteeringReason;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Adds up what the threads of a live host counted, after they ended, and checks the laws. One thread. */
final class LiveReporting<M> {
    private final LiveHost<M> host;
    private final LiveThreads<M> threads;
    private final List<String> remarks = new ArrayList<>();
    private final List<String> broken = new ArrayList<>();

    LiveReporting(LiveHost<M> host, LiveThreads<M> threads) {
        this.host = host;
        this.threads = threads;
    }

    LiveReport report(boolean drained) {
        final List<String> alive = threads.alive();
        long packets = 0;
        for (RxQueue<M> queue : host.queues()) {
            packets += queue.received() + queue.dropped();
        }
        final Map<DropReason, Long> dropped = dropped();
        final long delivered = delivered();
        final long queued = host.queued();
        final OrderResult order = order();
        remark(drained, alive);
        checkConservation(packets, delivered, dropped, queued);
        checkBacklogs();
        final StageSums times = threads.rest();
        return new LiveReport(
                packets,
                delivered,
                dropped,
                queued,
                steered(),
                sum(cpu -> cpu.counters.ipisSent.opaque()),
                sum(cpu -> cpu.doze.wakeUps()),
                host.moves(),
                softnet(),
                order,
                times.total(),
                times.stages(),
                threads.cpus(),
                List.copyOf(remarks),
                List.copyOf(broken));
    }

    private interface Count<M> {
        long of(SoftirqThread<M> cpu);
    }

    private long sum(Count<M> count) {
        long sum = 0;
        for (SoftirqThread<M> cpu : host.cpus()) {
            sum += count.of(cpu);
        }
        return sum;
    }

    private long delivered() {
        long delivered = sum(cpu -> cpu.counters.ended.opaque());
        for (Receiver<M> receiver : host.receivers()) {
            delivered += receiver.delivered();
        }
        return delivered;
    }

    private Map<DropReason, Long> dropped() {
        Map<DropReason, Long> dropped = new EnumMap<>(DropReason.class);
        for (DropReason reason : DropReason.values()) {
            dropped.put(reason, 0L);
        }
        long ring = 0;
        for (RxQueue<M> queue : host.queues()) {
            ring += queue.dropped();
        }
        long backlog = 0;
        for (int cpu = 0; cpu < host.machine().cpuCount(); cpu++) {
            backlog += droppedAt(cpu);
        }
        long noSocket = sum(cpu -> cpu.counters.noSocket.opaque());
        for (Receiver<M> receiver : host.receivers()) {
            noSocket += receiver.droppedNoSocket();
        }
        dropped.put(DropReason.RX_RING, ring);
        dropped.put(DropReason.CPU_BACKLOG, backlog);
        dropped.put(DropReason.SOCKET_RCVBUFF, sum(cpu -> cpu.counters.noRoomInSocket.opaque()));
        dropped.put(DropReason.NO_SOCKET, noSocket);
        return dropped;
    }

    /** A refusal counts at the target, whoever found it. */
    private long droppedAt(int target) {
        return sum(cpu -> cpu.counters.backlogDrops[target]);
    }

    private Map<SteeringReason, Long> steered() {
        Map<SteeringReason, Long> steered = new EnumMap<>(SteeringReason.class);
        for (SteeringReason reason : SteeringReason.values()) {
            steered.put(reason, sum(cpu -> cpu.counters.reasons[reason.ordinal()]));
        }
        return steered;
    }

    private List<CpuResult.Softnet> softnet() {
        List<CpuResult.Softnet> softnet = new ArrayList<>();
        for (SoftirqThread<M> cpu : host.cpus()) {
            softnet.add(new CpuResult.Softnet(
                    cpu.counters.processed.opaque(),
                    droppedAt(cpu.cpu),
                    cpu.counters.timeSqueeze.opaque(),
                    cpu.counters.receivedRps.opaque(),
                    Integer.toUnsignedLong(host.flowLimits().count(cpu.cpu)),
                    0,
                    0));
        }
        return softnet;
    }

    private OrderResult order() {
        long outOfOrder = 0;
        long violations = 0;
        String first = null;
        Map<HandoverCause, Long> handover = new EnumMap<>(HandoverCause.class);
        for (HandoverCause cause : HandoverCause.values()) {
            handover.put(cause, 0L);
        }
        for (Receiver<M> receiver : host.receivers()) {
            OrderResult order = receiver.order();
            outOfOrder += order.outOfOrder();
            violations += order.violations();
            first = first == null ? order.firstViolation() : first;
            order.handover().forEach((cause, count) -> handover.merge(cause, count, Long::sum));
        }
        return new OrderResult(outOfOrder, violations, handover, first);
    }

    private void remark(boolean drained, List<String> alive) {
        if (threads.failure() != null) {
            remarks.add("the engine failed: " + threads.failure());
        }
        for (Receiver<M> receiver : host.receivers()) {
            if (receiver.failures() > 0) {
                remarks.add(receiver.firstFailure() + "; " + receiver.failures() + " failure(s) in all");
            }
            long left = host.sockets().queuedAt(receiver);
            if (left > 0) {
                remarks.add("receiver " + receiver.number() + " on CPU " + receiver.cpu() + " left " + left
                        + " packet(s) in its sockets; it has delivered " + receiver.delivered());
            }
        }
        for (int cpu = 0; cpu < host.machine().cpuCount(); cpu++) {
            if (host.backlog(cpu).length() > 0) {
                remarks.add("CPU " + cpu + " left " + host.backlog(cpu).length() + " packet(s) in its backlog");
            }
        }
        for (RxQueue<M> queue : host.queues()) {
            if (queue.length() > 0) {
                remarks.add("RX queue " + queue.number() + " was left with " + queue.length() + " packet(s)");
            }
            if (queue.isFilling()) {
                remarks.add("RX queue " + queue.number() + ": its producer asked for a slot and never published it");
            }
        }
        if (!drained && remarks.isEmpty()) {
            remarks.add("packets drained only after patience had ended");
        }
        for (String name : alive) {
            remarks.add("thread " + name + " did not end in time");
        }
    }

    private void checkConservation(long packets, long delivered, Map<DropReason, Long> dropped, long queued) {
        long lost = dropped.values().stream().mapToLong(Long::longValue).sum();
        if (packets != delivered + lost + queued) {
            broken.add("packets=" + packets + " is not delivered=" + delivered + " + dropped=" + lost + " + queued="
                    + queued);
        }
    }

    /** Per CPU: accepted = processed + received again elsewhere + queued; and the input queue kept its limit. */
    private void checkBacklogs() {
        for (SoftirqThread<M> cpu : host.cpus()) {
            Backlog<M> backlog = host.backlog(cpu.cpu);
            long left = backlog.accepted() - cpu.counters.fromBacklog.opaque() - cpu.counters.reinjected.opaque();
            if (left != backlog.length()) {
                broken.add("CPU " + cpu.cpu + ": accepted=" + backlog.accepted() + " less processed and re-injected is "
                        + left + ", queued=" + backlog.length());
            }
            if (backlog.longestInput() > backlog.largestLimit() + 1L) {
                broken.add("CPU " + cpu.cpu + ": its input queue held " + backlog.longestInput()
                        + " packets, netdev_max_backlog allows " + (backlog.largestLimit() + 1L));
            }
        }
    }
}
