package io.rxsim.core.virtual;

import io.rxsim.core.run.ArrivalSource;
import io.rxsim.core.run.ClientResult;
import io.rxsim.core.run.CpuResult;
import io.rxsim.core.run.FlowResults;
import io.rxsim.core.run.Latency;
import io.rxsim.core.run.Measure;
import io.rxsim.core.run.Placement;
import io.rxsim.core.run.RunResult;
import io.rxsim.core.run.StreamLimit;
import io.rxsim.core.run.StreamResult;
import io.rxsim.core.run.Traffic;
import io.rxsim.core.run.WorkloadResult;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;

/** Turns a finished host into a result, and checks the laws that need its queues. */
final class ResultAssembly {
    private final VirtualHost host;
    private final ArrivalSource source;
    private final RunRecorder recorder;

    ResultAssembly(VirtualHost host, ArrivalSource source) {
        this.host = host;
        this.source = source;
        this.recorder = host.recorder;
    }

    RunResult result(boolean partial) {
        checkLaws(host, partial);
        if (host.peer() != null) {
            checkLaws(host.peer(), partial);
        }
        // Where the load ends within the warm-up, nothing is measured.
        host.endWarmup();
        return new RunResult(
                host.scenario,
                recorder.digest(),
                partial,
                traffic(partial),
                latency(),
                cpus(),
                recorder.order(),
                client(partial),
                workloads(partial),
                host.nic.ntuple() == null ? null : host.nic.ntuple().result(),
                host.xfrm == null ? null : host.xfrm.result());
    }

    private static void checkLaws(VirtualHost host, boolean partial) {
        host.recorder.checkConservation();
        checkInputQueues(host);
        if (!partial) {
            checkThreads(host);
            if (host.xfrm != null) {
                host.xfrm.checkDrained();
            }
        }
    }

    /** The input queue of a CPU never holds more than netdev_max_backlog + 1 packets. */
    private static void checkInputQueues(VirtualHost host) {
        int limit = host.receive.largestMaxBacklog();
        for (VirtualCpu cpu : host.cpus) {
            int longest = cpu.softirq.backlog().longestInput;
            if (Integer.compareUnsigned(longest - 1, limit) > 0 && longest > 0) {
                throw new IllegalStateException("input queue of cpu=" + cpu.number + " held " + longest
                        + " packets, netdev_max_backlog=" + limit + " allows one more than that");
            }
        }
    }

    /** When nothing is due any more, no CPU is in the middle of anything and no thread waits. */
    private static void checkThreads(VirtualHost host) {
        for (VirtualCpu cpu : host.cpus) {
            if (!cpu.isIdle() || !cpu.threads.isIdle()) {
                throw new IllegalStateException("cpu=" + cpu.number + " is left with a step or "
                        + cpu.threads.runnable() + " runnable threads when nothing is due any more");
            }
        }
    }

    private Latency latency() {
        Latency atHost = recorder.latency();
        return transactional()
                ? new Latency(recorder.transactions(), atHost.service(), atHost.stages(), corrected())
                : atHost;
    }

    private boolean transactional() {
        return Stream.of(host.parts.all()).anyMatch(part -> part.transactional);
    }

    /** Of all transactions, if every closed loop states an interval. */
    private Histogram corrected() {
        Histogram all = null;
        for (LoadPart part : host.parts.all()) {
            if (part.transactional) {
                Histogram one = part.corrected(host.parts.mixed() ? part.latency : recorder.transactions());
                if (one == null) {
                    return null;
                }
                if (all != null) {
                    one.add(all);
                }
                all = one;
            }
        }
        return all;
    }

    private ClientResult client(boolean partial) {
        if (!host.clients.isClosedLoop()) {
            return null;
        }
        StreamResult streams = null;
        for (LoadPart part : host.parts.all()) {
            streams = StreamResult.sum(streams, stream(part, partial));
        }
        long transactions = recorder.transactions().getTotalCount();
        return new ClientResult(
                transactions,
                perSecond(transactions, partial),
                host.clients.busy(host.workedUntilNs()),
                host.clients.losses(),
                streams,
                host.clients.failed());
    }

    /** What the streams of a workload achieved, or null if it has none. */
    private StreamResult stream(LoadPart part, boolean partial) {
        if (part.stream == null) {
            return null;
        }
        Map<StreamLimit, Long> waited = new EnumMap<>(StreamLimit.class);
        for (StreamLimit limit : StreamLimit.values()) {
            waited.put(limit, part.stream.waitedNs(limit));
        }
        return new StreamResult(perSecond(8 * part.streamBytes, partial), waited);
    }

    /** A count over the measured time. */
    private double perSecond(long count, boolean partial) {
        long measuredNs = partial
                ? host.nowNs() - host.measuredStart.sinceNs()
                : host.scenario.measure().durationNs();
        return count * 1e9 / Math.max(1, measuredNs);
    }

    /** Each workload of a mix; empty for one alone, of which the whole result speaks. */
    private List<WorkloadResult> workloads(boolean partial) {
        List<WorkloadResult> results = new ArrayList<>();
        if (host.parts.mixed()) {
            for (LoadPart part : host.parts.all()) {
                results.add(new WorkloadResult(
                        part.name,
                        part.packets,
                        part.delivered,
                        part.dropped,
                        part.latency,
                        part.corrected(part.latency),
                        client(part, partial)));
            }
        }
        return results;
    }

    private ClientResult client(LoadPart part, boolean partial) {
        if (part.clients == null) {
            return null;
        }
        long transactions = part.transactional ? part.latency.getTotalCount() : 0;
        return new ClientResult(
                transactions,
                perSecond(transactions, partial),
                part.clients.busy(host.workedUntilNs()),
                part.clients.losses(),
                stream(part, partial),
                part.clients.failed());
    }

    private Traffic traffic(boolean partial) {
        return new Traffic(
                recorder.packets(),
                recorder.delivered(),
                recorder.dropped(),
                recorder.rxDropped(),
                recorder.queued(),
                timing(partial),
                steered(),
                flows());
    }

    /** A load is offered for the whole duration, also after its last packet; one that was stopped, up to its last packet. */
    private Traffic.Timing timing(boolean partial) {
        long startNs = host.measuredStart.sinceNs();
        long arrivalsNs = Math.max(0, recorder.lastArrivalNs() - startNs);
        Measure measure = host.scenario.measure();
        if (!partial && measure.durationNs() != Measure.UNTIL_END && recorder.packets() > 0) {
            arrivalsNs = measure.durationNs();
        }
        return new Traffic.Timing(arrivalsNs, Math.max(arrivalsNs, recorder.lastDeliveryNs() - startNs));
    }

    private Traffic.Steered steered() {
        long ipis = 0;
        for (VirtualCpu cpu : host.cpus) {
            ipis += host.measuredStart.ipis(cpu);
        }
        return new Traffic.Steered(
                recorder.reasons(),
                ipis,
                recorder.socketPackets(),
                recorder.onApplicationCpu(),
                host.measuredStart.threadMoves(host));
    }

    private List<CpuResult> cpus() {
        List<CpuResult> results = new ArrayList<>();
        for (VirtualCpu cpu : host.cpus) {
            results.add(cpu(cpu));
        }
        return results;
    }

    private CpuResult cpu(VirtualCpu cpu) {
        MeasuredStart since = host.measuredStart;
        int number = cpu.number;
        Usage usage = since.usage(cpu, host.workedUntilNs());
        long elapsedNs = host.workedUntilNs() - since.sinceNs();
        return new CpuResult(
                number,
                host.softnet.isOnline(number),
                new CpuResult.Usage(
                        usage.hardirqNs,
                        usage.softirqNs,
                        usage.napiThreadNs,
                        usage.applicationNs,
                        elapsedNs - usage.busyNs()),
                new CpuResult.Softnet(
                        since.processed(host, number),
                        since.dropped(host, number),
                        since.timeSqueeze(cpu),
                        since.receivedRps(host, number),
                        since.flowLimitCount(host, number),
                        cpu.softirq.backlog().input.length(),
                        cpu.softirq.backlog().process.length()),
                cpu.threads.consumed());
    }

    private FlowResults flows() {
        return new FlowResults() {
            @Override
            public int size() {
                return host.flows.flows();
            }

            @Override
            public String describe(int flow) {
                return source.describeFlow(flow);
            }

            @Override
            public int delivered(int flow) {
                return host.flows.delivered(flow);
            }

            @Override
            public int dropped(int flow) {
                return host.flows.dropped(flow);
            }

            @Override
            public int outOfOrder(int flow) {
                return host.flows.outOfOrder(flow);
            }

            @Override
            public int applicationCpu(int flow) {
                return host.sockets.cpuOf(flow);
            }

            @Override
            public int lastCpu(int flow) {
                return host.sockets.linesCpu(flow, Placement.NO_APPLICATION);
            }

            @Override
            public long closed() {
                return source.closedFlows();
            }
        };
    }
}
