package io.rxsim.core.softnet;

import io.rxsim.core.kernel.KernelRules;
import io.rxsim.core.kernel.Rule;

/**
 * One line of {@code /proc/net/softnet_stat} ({@code softnet_seq_show}, net/core/net-procfs.c, 6.18; net/core/dev.c, 2.6.35).
 * Counters are u32.
 *
 * @param cpu the CPU's number
 * @param processed packets whose protocol processing it ran
 * @param dropped packets its backlog refused, by length or flow limit
 * @param timeSqueeze receive actions ended by budget or time
 * @param receivedRps inter-processor interrupts taken for its backlog
 * @param flowLimitCount packets that its flow limit table dropped when it enqueued them
 * @param inputLength packets in its input queue
 * @param processLength packets in its process queue
 */
public record SoftnetStat(
        int cpu,
        int processed,
        int dropped,
        int timeSqueeze,
        int receivedRps,
        int flowLimitCount,
        int inputLength,
        int processLength) {
    private static final int ZEROS = 5;

    /** The line of an era without its newline: 15 columns of eight hex digits in 6.18, 10 in 2.6.35. */
    public String line(KernelRules rules) {
        StringBuilder line = new StringBuilder();
        columns(line, processed, dropped, timeSqueeze);
        columns(line, new int[ZEROS]);
        // The ninth, cpu_collision of 2.6.35, counts contention for a transmit lock, which is not modelled; 6.18 has 0
        // there.
        columns(line, 0, receivedRps);
        if (rules.has(Rule.SOFTNET_STAT_OF_15)) {
            columns(line, flowLimitCount, inputLength + processLength, cpu, inputLength, processLength);
        }
        return line.toString();
    }

    private static void columns(StringBuilder line, int... values) {
        for (int value : values) {
            String digits = Integer.toHexString(value);
            line.append(line.isEmpty() ? "" : " ")
                    .append("0".repeat(8 - digits.length()))
                    .append(digits);
        }
    }
}
