package io.rxsim.core.run;

/**
 * One CPU over the measured time.
 *
 * @param cpu its number
 * @param online whether it is online
 * @param usage where its time went
 * @param softnet its counters
 * @param consumed packets its application threads received
 */
public record CpuResult(int cpu, boolean online, Usage usage, Softnet softnet, long consumed) {
    /**
     * Nanoseconds by context; they add up to the measured time.
     *
     * @param hardirqNs interrupts, inter-processor interrupts included
     * @param softirqNs NET_RX
     * @param napiThreadNs threads that poll: RX queues with {@code threaded} set, backlogs with {@code thread_backlog_napi}
     * @param applicationNs threads of the application
     * @param idleNs the rest
     */
    public record Usage(long hardirqNs, long softirqNs, long napiThreadNs, long applicationNs, long idleNs) {
        /** Where no thread polls. */
        public Usage(long hardirqNs, long softirqNs, long applicationNs, long idleNs) {
            this(hardirqNs, softirqNs, 0, applicationNs, idleNs);
        }

        private long allNs() {
            return hardirqNs + softirqNs + napiThreadNs + applicationNs + idleNs;
        }

        /** Share of the time not idle, 0 to 1. */
        public double busy() {
            long all = allNs();
            return all == 0 ? 0 : 1 - (double) idleNs / all;
        }

        /** A part as a share of the time, 0 to 1. */
        public double share(long partNs) {
            long all = allNs();
            return all == 0 ? 0 : (double) partNs / all;
        }
    }

    /**
     * Counters as in /proc/net/softnet_stat.
     *
     * @param processed packets whose protocol processing it ran
     * @param dropped packets its backlog refused
     * @param timeSqueeze softirq invocations ended by budget or time
     * @param receivedRps inter-processor interrupts it took for its backlog
     * @param flowLimitCount packets that its flow limit table dropped when it enqueued them
     * @param inputLength packets in its input queue at the end, if the run was stopped
     * @param processLength packets in its process queue at the end, if the run was stopped
     */
    public record Softnet(
            long processed,
            long dropped,
            long timeSqueeze,
            long receivedRps,
            long flowLimitCount,
            int inputLength,
            int processLength) {
        /** Counters of an engine without a flow limit, whose queues are empty at the end. */
        public Softnet(long processed, long dropped, long timeSqueeze, long receivedRps) {
            this(processed, dropped, timeSqueeze, receivedRps, 0, 0, 0);
        }
    }
}
