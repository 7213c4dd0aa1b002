package io.rxsim.workload.closedloop;

/**
 * The client host: work is done in order of arrival by whichever CPU is free first. Nothing else about it is modelled. One
 * thread.
 */
public final class ClientCpus {
    private final long[] freeNs;
    private final long costNs;
    private long workedNs;

    /**
     * A client host and the network to it.
     *
     * @param cpus its CPUs
     * @param costNs CPU time per transaction
     * @param delayNs one way between the NICs
     */
    public record Shape(int cpus, long costNs, long delayNs) {}

    /** A client host at time 0. */
    public ClientCpus(Shape shape) {
        freeNs = new long[shape.cpus()];
        costNs = shape.costNs();
    }

    /** Work that arrives now is done at the returned time. */
    public long work(long nowNs) {
        int first = 0;
        for (int cpu = 1; cpu < freeNs.length; cpu++) {
            if (freeNs[cpu] < freeNs[first]) {
                first = cpu;
            }
        }
        freeNs[first] = Math.max(freeNs[first], nowNs) + costNs;
        workedNs += costNs;
        return freeNs[first];
    }

    /** Share of the CPU time in use up to now. */
    public double busy(long nowNs) {
        return nowNs == 0 ? 0 : Math.min(1, (double) workedNs / ((double) nowNs * freeNs.length));
    }
}
