package io.rxsim.bench.verify.perf;

import java.util.List;

/**
 * What a trace showed.
 *
 * @param model the rules it was held against
 * @param lines read
 * @param badLines that are no event, or one without a field it should have
 * @param lost events that perf says it lost
 * @param devices one result each, in the order in which they appeared
 */
public record PerfReport(String model, long lines, long badLines, long lost, List<DeviceResult> devices) {
    /** Copies the list. */
    public PerfReport {
        devices = List.copyOf(devices);
    }

    /** Packets held against the model. */
    public long compared() {
        return devices.stream().mapToLong(DeviceResult::compared).sum();
    }

    /** Packets for which it gives the kernel's CPU. */
    public long agreeing() {
        return devices.stream().mapToLong(DeviceResult::agreeing).sum();
    }
}
