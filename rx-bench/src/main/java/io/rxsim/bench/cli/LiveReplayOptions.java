package io.rxsim.bench.cli;

import io.rxsim.bench.scenario.BadInputException;
import io.rxsim.workload.netty.replay.Pacing;
import io.rxsim.workload.netty.replay.SendOptions;
import io.rxsim.workload.replay.Speed;
import java.lang.management.ManagementFactory;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Option;

/** Options of {@code rx replay --live}. */
final class LiveReplayOptions {
    /** Left to the rest of the process: event loops, files, classes. */
    private static final int RESERVED = 128;

    private static final int UNKNOWN_LIMIT = 1024;

    @Option(
            names = "--live",
            description = "Send the packets through real sockets on loopback, at their time, to the live engine:"
                    + " one datagram per packet. One run, under RFS.")
    private boolean live;

    @Option(names = "--pps", paramLabel = "N", description = "With --live: N packets per second, evenly spaced.")
    private String pps;

    @Option(
            names = "--tcp",
            description = "With --live: TCP flows as real connections, which carry their bytes instead of packets.")
    private boolean tcp;

    boolean isLive() {
        return live;
    }

    /** Refuses what only the live engine knows where it is not asked for. */
    void refuseWithoutLive() {
        if (pps != null || tcp) {
            throw new BadInputException((pps != null ? "--pps" : "--tcp") + ": only with --live");
        }
    }

    /** Refuses options of the virtual engine that were given. */
    static void refuseVirtual(Map<String, String> given) {
        given.forEach((option, value) -> {
            if (value != null) {
                throw new BadInputException(option + ": not with --live, where the work is real");
            }
        });
    }

    /** How to send. */
    SendOptions sending(String speed, boolean topSpeed, long durationNs) {
        Map<String, Boolean> paces = new LinkedHashMap<>();
        paces.put("--speed", speed != null);
        paces.put("--pps", pps != null);
        paces.put("--top-speed", topSpeed);
        if (paces.values().stream().filter(given -> given).count() > 1) {
            throw new BadInputException("--live: allowed is one of --speed, --pps and --top-speed");
        }
        return new SendOptions(pacing(speed, topSpeed), tcp, descriptors(), durationNs);
    }

    private Pacing pacing(String speed, boolean topSpeed) {
        if (topSpeed) {
            return new Pacing.TopSpeed();
        }
        try {
            return pps != null
                    ? Pacing.PerSecond.parse(pps)
                    : new Pacing.Scaled(speed == null ? Speed.ORIGINAL : Speed.parse(speed));
        } catch (IllegalArgumentException e) {
            throw new BadInputException((pps != null ? "--pps: " : "--speed: ") + e.getMessage());
        }
    }

    /** What this process may still open. */
    static int descriptors() {
        long left = UNKNOWN_LIMIT;
        if (ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.UnixOperatingSystemMXBean unix) {
            left = unix.getMaxFileDescriptorCount() - unix.getOpenFileDescriptorCount();
        }
        return (int) Math.max(1, Math.min(Integer.MAX_VALUE, left - RESERVED));
    }
}
