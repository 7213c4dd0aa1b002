package io.rxsim.core.cost;

import java.util.Locale;

/**
 * A piece of CPU work on the receive path whose cost a host profile states.
 *
 * <p>Each stage costs a base, plus a share per byte, plus the transfer of a number of cache lines whose price depends on
 * how far away the CPU is that touched them last.
 */
public enum Stage {
    /** Hard interrupt of a NIC queue, entry to exit. */
    HARDIRQ("hard interrupt of a NIC queue, entry to exit"),
    /** Start of a NET_RX softirq invocation. */
    SOFTIRQ("entry to and exit from a NET_RX softirq invocation"),
    /** One poll call of a NAPI instance, whatever it finds. */
    POLL("one NAPI poll call, without its packets"),
    /** Driver, buffer and GRO work for a packet taken off the ring. */
    DRIVER("driver, buffer allocation and GRO for one packet"),
    /** The steering decision (get_rps_cpu). */
    STEER("get_rps_cpu for one packet"),
    /** Putting a packet on a backlog (enqueue_to_backlog). */
    ENQUEUE("enqueue_to_backlog for one packet"),
    /** Sending an inter-processor interrupt. */
    IPI_SEND("sending one inter-processor interrupt"),
    /** Handling an inter-processor interrupt. */
    IPI_RECEIVE("handling one inter-processor interrupt, entry to exit"),
    /** Taking a packet off a backlog (process_backlog); lines: the packet's, from the CPU that took it in. */
    BACKLOG("process_backlog for one packet: first touch of what another CPU took in"),
    /** Protocol processing of a packet up to its socket queue; lines: the socket's. */
    PROTOCOL("IP and transport receive up to the socket queue"),
    /** Waking a thread (try_to_wake_up); lines: the thread's and its run queue's, from the CPU it ran on. */
    WAKEUP("waking the application's thread"),
    /** Switching to a woken thread; lines: its stack and working set, from the CPU it ran on last. */
    SWITCH("context switch to the application's thread"),
    /** recvmsg: system call, copy of the payload; lines: packet and socket. */
    RECV("recvmsg of one packet, with the copy of its payload"),
    /** sendmsg of an answer: system call, transport, driver. */
    SEND("sendmsg of one answer, down to the NIC"),
    /** Cleaning one transmitted packet in the NAPI poll. */
    TX_COMPLETE("cleaning one transmitted packet"),
    /** Leaving the idle state when an interrupt or a wake-up arrives. */
    IDLE_EXIT("leaving the idle state"),
    /** Looking for what a packet can be merged with, and merging it (napi_gro_receive), where the NIC has GRO on. */
    GRO("GRO for one packet, where nic.gro is on"),
    /** Sending an acknowledgement without data (tcp_send_ack), down to the NIC. */
    ACK("sending one acknowledgement, down to the NIC"),
    /** Asking the NIC to send one flow to another queue: the driver's call and the work that follows from it. */
    FLOW_STEER("ndo_rx_flow_steer of one flow, with the work that programs the NIC"),
    /** Decrypting one ESP packet; bytes: those that the cipher works on. Optional. */
    CRYPTO("decrypting one ESP packet"),
    /** A hand-over of padata: a work item is queued, or a packet taken by a worker; lines: the packet's. Optional. */
    PADATA("one hand-over of a packet between CPUs by padata");

    /** Number of stages. */
    public static final int COUNT = values().length;

    private final String meaning;

    Stage(String meaning) {
        this.meaning = meaning;
    }

    /** The key in a host profile, for example {@code ipi_send}. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether a profile may leave it out, so that nothing can run there that needs it. */
    public boolean optional() {
        return this == CRYPTO || this == PADATA;
    }

    /** What the cost covers, in one phrase. */
    public String meaning() {
        return meaning;
    }
}
