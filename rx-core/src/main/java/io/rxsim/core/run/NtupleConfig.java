package io.rxsim.core.run;

import io.rxsim.core.nic.NtupleFilters;

/**
 * The n-tuple filter table of the interface, for accelerated RFS ({@code ethtool -K D ntuple on}).
 *
 * @param filters filters that fit; 0 is none: the feature is off
 * @param latencyNs from a driver's request to the first packet that the filter catches
 * @param scanNs time between two looks of the driver for filters that may go
 */
public record NtupleConfig(int filters, long latencyNs, long scanNs) {
    /** No table. */
    public static final NtupleConfig OFF = new NtupleConfig(0, 0, 1);

    /** Largest latency and time between scans, a minute. */
    public static final long MAX_NS = 60_000_000_000L;

    /** Validates. */
    public NtupleConfig {
        if (filters < 0 || filters > NtupleFilters.MAX_CAPACITY) {
            throw new IllegalArgumentException(
                    "ntuple_filters=" + filters + ", allowed is 0 to " + NtupleFilters.MAX_CAPACITY);
        }
        if (latencyNs < 0 || latencyNs > MAX_NS || scanNs < 1 || scanNs > MAX_NS) {
            throw new IllegalArgumentException("ntuple_latency=" + latencyNs + "ns ntuple_scan=" + scanNs
                    + "ns, allowed is 0 to 60s and 1ns to 60s");
        }
    }
}
