package io.rxsim.bench.jmh;

import io.rxsim.core.kernel.KernelRules;
import io.rxsim.core.run.Application;
import io.rxsim.core.run.Arrival;
import io.rxsim.core.run.ArrivalSource;
import io.rxsim.core.run.HashKeys;
import io.rxsim.core.run.Load;
import io.rxsim.core.run.Machine;
import io.rxsim.core.run.Measure;
import io.rxsim.core.run.RunResult;
import io.rxsim.core.run.RxObserver;
import io.rxsim.core.run.Scenario;
import io.rxsim.core.run.StopSignal;
import io.rxsim.core.virtual.VirtualEngine;
import io.rxsim.core.virtual.VirtualHost;
import io.rxsim.steering.SteeringCatalog;
import io.rxsim.workload.PlacementCatalog;
import io.rxsim.workload.WorkloadCatalog;
import io.rxsim.workload.spec.PacketHashing;
import java.util.Map;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * The whole virtual engine, per packet: generated arrival, NIC, interrupt, softirq, steering, backlog, protocol, socket,
 * application, with histograms, order audit and digest, as in any run.
 *
 * <p>{@code UDP_STREAM} with Poisson arrivals, one RX queue per 8 CPUs and 400,000 packets/s per queue, which every policy
 * carries: fewer than 99 % delivered in a trial run is an error. Applications are pinned round robin to all CPUs. The host is
 * measured in its steady state, when every flow has been seen. Expected: no allocation.
 */
@Look({"cpus=8 flows=1000", "cpus=128 flows=100000"})
@State(Scope.Thread)
public class EngineBenchmark {
    private static final long SEED = 1;
    private static final int CPUS_PER_QUEUE = 8;
    private static final int PACKETS_PER_QUEUE_AND_SECOND = 400_000;
    /** Enough for every flow to be seen, and for the compiler: work, not time, since a busy machine gives little of that. */
    private static final int PACKETS_BEFORE = 300_000;

    private static final int TRIAL_NS = 50_000_000;

    /** CPUs of the modelled host. */
    @Param({"8", "128"})
    public int cpus;

    /** Flows. */
    @Param({"1000", "100000"})
    public int flows;

    /** The policy. */
    @Param({"none", "rps", "rfs"})
    public String policy;

    private final Arrival arrival = new Arrival();
    private ArrivalSource source;
    private VirtualHost host;

    /** Runs once to its end to check the load, then brings another host into its steady state. */
    @Setup
    public void prepare() {
        int queues = cpus / CPUS_PER_QUEUE;
        Machine machine = BenchmarkHosts.of(cpus, queues, flows);
        ArrivalSource.Factory arrivals = WorkloadCatalog.prepare(
                "UDP_STREAM",
                Map.of(
                        "rate", String.valueOf(PACKETS_PER_QUEUE_AND_SECOND * queues),
                        "flows", String.valueOf(flows)),
                new PacketHashing(KernelRules.V6_18, HashKeys.ofSeed(SEED)),
                SEED);
        Application application =
                new Application(PlacementCatalog.parse("pinned", SEED), 1000, Application.DEFAULT_RCVBUF_BYTES);
        Load load = new Load(arrivals, Load.Pacing.TIMED, application);
        Scenario trial =
                new Scenario(policy, machine, SteeringCatalog.steering(policy), load, new Measure(0, TRIAL_NS), SEED);
        RunResult result = new VirtualEngine().run(trial, RxObserver.NONE, StopSignal.NEVER);
        if (result.traffic().delivered() * 100 < result.traffic().packets() * 99) {
            throw new IllegalStateException("delivered=" + result.traffic().delivered() + " of packets="
                    + result.traffic().packets() + ", the load is meant to be carried");
        }
        host = new VirtualHost(
                new Scenario(policy, machine, SteeringCatalog.steering(policy), load, Measure.ALL, SEED),
                RxObserver.NONE);
        source = arrivals.open();
        host.attach(source);
        for (int i = 0; i < PACKETS_BEFORE; i += Batch.SIZE) {
            carry();
        }
    }

    private long carry() {
        for (int i = 0; i < Batch.SIZE; i++) {
            source.next(arrival);
            host.offer(arrival);
        }
        return host.nowNs();
    }

    /** Carries packets. */
    @Benchmark
    public long packet() {
        return carry();
    }
}
