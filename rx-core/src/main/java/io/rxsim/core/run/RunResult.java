package io.rxsim.core.run;

import io.rxsim.core.xfrm.EspResult;
import java.util.List;

/**
 * What one run showed.
 *
 * @param scenario the run
 * @param digest 64-bit fold of steering, verdicts and deliveries in event order
 * @param partial whether the run was stopped, or its input cut, before its end
 * @param traffic packets in and out
 * @param latency where time went
 * @param cpus one entry per possible CPU
 * @param order what the order audit found
 * @param client what the clients of all closed loops saw; null for open loads
 * @param workloads each workload of a list; empty where there is no list
 * @param ntuple what accelerated RFS did with the filters of the NIC; null where there are none
 * @param esp what became of ESP packets; null where none are decrypted
 */
public record RunResult(
        Scenario scenario,
        long digest,
        boolean partial,
        Traffic traffic,
        Latency latency,
        List<CpuResult> cpus,
        OrderResult order,
        ClientResult client,
        List<WorkloadResult> workloads,
        NtupleResult ntuple,
        EspResult esp) {
    /** A result without filters of accelerated RFS and without ESP. */
    public RunResult(
            Scenario scenario,
            long digest,
            boolean partial,
            Traffic traffic,
            Latency latency,
            List<CpuResult> cpus,
            OrderResult order,
            ClientResult client,
            List<WorkloadResult> workloads) {
        this(scenario, digest, partial, traffic, latency, cpus, order, client, workloads, null, null);
    }

    /** The digest as printed: 16 hex digits. */
    public String digestText() {
        return digestText(digest);
    }

    /** A digest as printed. */
    public static String digestText(long digest) {
        String hex = Long.toHexString(digest);
        return "0".repeat(16 - hex.length()) + hex;
    }

    /** This result with fewer flows listed, so that the run's own state can go. */
    public RunResult withFlows(FlowResults flows) {
        return new RunResult(
                scenario,
                digest,
                partial,
                traffic.withFlows(flows),
                latency,
                cpus,
                order,
                client,
                workloads,
                ntuple,
                esp);
    }
}
