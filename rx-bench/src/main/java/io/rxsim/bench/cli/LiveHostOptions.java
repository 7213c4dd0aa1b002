package io.rxsim.bench.cli;

import io.rxsim.bench.scenario.BadInputException;
import io.rxsim.core.live.LiveMachine;
import io.rxsim.core.live.LiveWait;
import io.rxsim.core.run.Machine;
import io.rxsim.core.run.Steering;
import io.rxsim.steering.SteeringCatalog;
import picocli.CommandLine.Option;

/** Options that state the host of a live run; bad values are reported with the option's name. */
final class LiveHostOptions {
    /** A thread each. */
    private static final int MAX_CPUS = 4096;

    @Option(names = "--queues", paramLabel = "N", description = "RX queues, an event loop each; default 1.")
    int queues = 1;

    @Option(names = "--cpus", paramLabel = "N", description = "Simulated CPUs, a softirq thread each; default 4.")
    int cpus = 4;

    @Option(names = "--rps", paramLabel = "MASK", description = "rps_cpus of every RX queue; default none.")
    String rps;

    @Option(
            names = "--rfs",
            paramLabel = "N",
            description = "rps_sock_flow_entries, and rps_flow_cnt of every queue: a power of two; default 0, off.")
    int rfs;

    @Option(names = "--backlog", paramLabel = "N", description = "net.core.netdev_max_backlog, default 1000.")
    int backlog = 1000;

    @Option(
            names = "--flow-limit",
            paramLabel = "MASK",
            description =
                    "net.core.flow_limit_cpu_bitmap: CPUs that keep one flow from filling a backlog; default none.")
    String flowLimit;

    @Option(
            names = "--flow-limit-table",
            paramLabel = "N",
            description = "net.core.flow_limit_table_len: a power of two, default 4096.")
    int flowLimitTable = 4096;

    @Option(names = "--ring", paramLabel = "N", description = "Descriptors of an RX queue, default 1024.")
    int ring = 1024;

    @Option(
            names = "--wait",
            paramLabel = "block|sleep|yield|busy-spin",
            description = "What idle threads do, default block.")
    String wait = "block";

    /** The machine, or one line about what is wrong. */
    Machine machine() {
        if (cpus < 1 || cpus > MAX_CPUS) {
            throw new BadInputException("--cpus: cpus=" + cpus + ", allowed is 1 to " + MAX_CPUS);
        }
        try {
            LiveMachine machine =
                    LiveMachine.cpus(cpus).queues(queues).ring(ring).rfs(rfs).maxBacklog(backlog);
            if (rps != null) {
                machine.rps(rps);
            }
            if (flowLimit != null) {
                machine.flowLimit(flowLimit, flowLimitTable);
            }
            return machine.build();
        } catch (IllegalArgumentException e) {
            throw new BadInputException("rx live: " + e.getMessage());
        }
    }

    /** RFS with tables, RPS with a mask only, otherwise none. */
    Steering steering() {
        return SteeringCatalog.steering(
                rfs > 0 ? SteeringCatalog.RFS : rps != null ? SteeringCatalog.RPS : SteeringCatalog.NONE);
    }

    LiveWait waitStrategy() {
        try {
            return LiveWait.of(wait);
        } catch (IllegalArgumentException e) {
            throw new BadInputException("--wait: " + e.getMessage());
        }
    }
}
