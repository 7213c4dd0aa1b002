package io.rxsim.bench.report;

import io.rxsim.core.softnet.SoftnetStat;
import java.util.Map;

/**
 * {@code /proc/net/softnet_stat} as the variant's kernel prints it, one line per online CPU: what was counted while measured, means
 * of a repeated variant.
 */
final class SoftnetStatText {
    private SoftnetStatText() {}

    static String of(VariantResult result) {
        StringBuilder text = new StringBuilder();
        for (Map<String, Object> cpu : result.cpus()) {
            if (Boolean.TRUE.equals(cpu.get("online"))) {
                text.append(line(cpu).line(result.scenario().machine().rules())).append('\n');
            }
        }
        return text.toString();
    }

    private static SoftnetStat line(Map<String, Object> cpu) {
        return new SoftnetStat(
                counter(cpu, "cpu"),
                counter(cpu, "processed"),
                counter(cpu, "dropped"),
                counter(cpu, "timeSqueeze"),
                counter(cpu, "receivedRps"),
                counter(cpu, "flowLimitCount"),
                counter(cpu, "inputLength"),
                counter(cpu, "processLength"));
    }

    /** Modulo 2^32, as the kernel's counters are. */
    private static int counter(Map<String, Object> cpu, String name) {
        return (int) Math.round(((Number) cpu.get(name)).doubleValue());
    }
}
