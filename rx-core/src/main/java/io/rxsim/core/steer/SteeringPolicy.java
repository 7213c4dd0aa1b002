package io.rxsim.core.steer;

import io.rxsim.core.cpu.CpuMask;
import io.rxsim.core.softnet.SoftnetView;

/**
 * Who gets the packet: the role of {@code get_rps_cpu} (net/core/dev.c).
 *
 * <p>Same calls, same answers: an implementation reads no clock, draws nothing, and allocates nothing after construction.
 *
 * <p>Threads: {@link #steer} and {@link #onEnqueued} of one RX queue come from one thread; {@link #onConsumed} and
 * {@link #onClosed} may race with everything, as recvmsg does with the softirq in the kernel.
 */
public interface SteeringPolicy {
    /**
     * Decides for one packet.
     *
     * @param rxQueue the recorded RX queue
     * @param hash the flow hash, u32; 0 means the packet has none
     * @param nowNs the time in nanoseconds of the engine's clock
     * @param softnet heads, tails and online bits of all CPUs
     * @return a packed {@link Decision}
     */
    long steer(int rxQueue, int hash, long nowNs, SoftnetView softnet);

    /** Whether the steering code runs at all (the rps_needed switch); where it does not, it costs nothing. */
    default boolean rpsNeeded() {
        return true;
    }

    /**
     * Tells that the packet was accepted by the backlog of the decided CPU. Called only for decisions that carry a slot.
     *
     * @param rxQueue the queue given to {@link #steer}
     * @param decision what {@link #steer} returned
     * @param qtail the CPU's input_queue_tail just past this packet, u32
     */
    void onEnqueued(int rxQueue, long decision, int qtail);

    /**
     * An application consumes a flow on a CPU: entry of recvmsg, sendmsg, or accept of an established socket.
     *
     * @param hash the socket's flow hash (sk_rxhash), never 0
     */
    void onConsumed(int hash, int cpu);

    /** The flow's socket is unhashed; {@code hash} is its last flow hash. */
    void onClosed(int hash);

    /**
     * A queue's {@code rps_cpus} was written. Like the next two calls it comes between packets; a policy without such a table
     * has nothing to do.
     *
     * @param map the CPUs of the written mask that are online now: the new map, empty for none
     */
    default void onRpsCpus(int rxQueue, CpuMask map) {}

    /** A queue's {@code rps_flow_cnt} was written: its flow table is now a new one of {@code slots}, a power of two; 0 is none. */
    default void onRpsFlowCnt(int rxQueue, int slots) {}

    /** {@code rps_sock_flow_entries} was written: the global table is now empty, with {@code entries}, a power of two; 0 is none. */
    default void onRpsSockFlowEntries(int entries) {}
}
