package io.rxsim.core.steer;

/**
 * A network interface that can send single flows to a queue of their own: what accelerated RFS asks of a driver ({@code
 * rx_cpu_rmap} and {@code ndo_rx_flow_steer}, include/linux/netdevice.h, 6.18). Called from within {@link SteeringPolicy#steer}.
 */
public interface FlowSteering {
    /** The queue whose interrupt is nearest to a CPU. */
    int queueNear(int cpu);

    /**
     * Asks that the flow of the packet being steered goes to a queue.
     *
     * @param hash the packet's flow hash
     * @param rxQueue the queue
     * @param slot the flow's slot in that queue's table, which expiry will name
     * @return the filter's number, 0 to 65534, or a negative errno
     */
    int steer(int hash, int rxQueue, int slot);
}
