package io.rxsim.core.run;

import java.util.List;

/**
 * The net.core settings of a run and those of its RX queues, after the kernel's own checks.
 *
 * @param netdevMaxBacklog packets of an input queue, compared as unsigned with {@code <=}
 * @param netdevBudget packets per softirq invocation; 0 or less means one poll
 * @param netdevBudgetUsecs microseconds per softirq invocation, rounded up to ticks (6.18 only)
 * @param backlogWeight dev_weight * dev_weight_rx_bias: packets per backlog poll
 * @param rpsSockFlowEntries entries of the global flow table, a power of two; 0 is off
 * @param queues one per RX queue
 * @param flowLimitBuckets buckets of each CPU's flow limit table, 0 is no table; empty is none at all (6.18 only)
 */
public record NetConfig(
        int netdevMaxBacklog,
        int netdevBudget,
        int netdevBudgetUsecs,
        int backlogWeight,
        int rpsSockFlowEntries,
        List<RxQueueConfig> queues,
        List<Integer> flowLimitBuckets) {
    /** Validates. */
    public NetConfig {
        if (backlogWeight < 1) {
            throw new IllegalArgumentException("dev_weight=" + backlogWeight + ", allowed is 1 or more");
        }
        if (netdevBudgetUsecs < 0) {
            throw new IllegalArgumentException("netdev_budget_usecs=" + netdevBudgetUsecs + ", allowed is 0 or more");
        }
        if (rpsSockFlowEntries < 0 || Integer.bitCount(rpsSockFlowEntries) > 1) {
            throw new IllegalArgumentException(
                    "rps_sock_flow_entries=" + rpsSockFlowEntries + ", allowed is 0 or a power of two");
        }
        for (int buckets : flowLimitBuckets) {
            if (buckets < 0 || Integer.bitCount(buckets) > 1) {
                throw new IllegalArgumentException(
                        "flow_limit_table_len=" + buckets + ", allowed is a power of two, or 0 for no table");
            }
        }
        queues = List.copyOf(queues);
        flowLimitBuckets = List.copyOf(flowLimitBuckets);
    }

    /** Settings without a flow limit. */
    public NetConfig(
            int netdevMaxBacklog,
            int netdevBudget,
            int netdevBudgetUsecs,
            int backlogWeight,
            int rpsSockFlowEntries,
            List<RxQueueConfig> queues) {
        this(netdevMaxBacklog, netdevBudget, netdevBudgetUsecs, backlogWeight, rpsSockFlowEntries, queues, List.of());
    }
}
