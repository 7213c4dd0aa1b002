package io.rxsim.core.run;

import org.HdrHistogram.Histogram;

/**
 * What one workload of a list saw, while measured.
 *
 * @param name its name in the scenario
 * @param packets its packets that arrived at the modelled NIC
 * @param delivered those that reached their end
 * @param dropped those that were lost
 * @param latency nanoseconds: of its transactions in a closed loop, else of its delivered packets
 * @param corrected as {@link Latency#corrected}, or null
 * @param client what its clients saw; null for an open loop
 */
public record WorkloadResult(
        String name,
        long packets,
        long delivered,
        long dropped,
        Histogram latency,
        Histogram corrected,
        ClientResult client) {}
