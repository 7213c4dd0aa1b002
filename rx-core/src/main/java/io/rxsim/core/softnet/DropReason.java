package io.rxsim.core.softnet;

/** Why a packet was lost. Labels are the kernel's own drop reasons (include/net/dropreason-core.h, 6.18) where it has one. */
public enum DropReason {
    /** The NIC ring had no free descriptor. */
    RX_RING("RX_RING", "the NIC ring was full; a NIC counts it as rx_missed_errors"),
    /** The backlog of the target CPU was at netdev_max_backlog, or the flow limit refused: the kernel has one reason for both. */
    CPU_BACKLOG(
            "CPU_BACKLOG", "the input queue of the target CPU was at netdev_max_backlog, or the flow limit refused"),
    /** The socket's receive buffer was full, counted in truesize. */
    SOCKET_RCVBUFF("SOCKET_RCVBUFF", "the receive buffer of the socket was full, counted in truesize"),
    /** No socket listens at the destination, or the flow was closed while the packet was on its way. */
    NO_SOCKET("NO_SOCKET", "no socket listens at the port, or the flow was closed (flow table bound) meanwhile"),
    /** The interface was down: the NIC took nothing in, and its ring was freed. */
    NIC_DOWN("NIC_DOWN", "the interface was down when the packet reached the NIC or waited in its ring"),
    /** The device was not running when its packet was to be queued, or was being unregistered while it was queued. */
    DEV_READY("DEV_READY", "the device was down or unregistered when the packet came to or waited on a backlog");

    private final String label;
    private final String meaning;

    DropReason(String label, String meaning) {
        this.label = label;
        this.meaning = meaning;
    }

    /** Whether the kernel counts it in its device's rx_dropped, where it counts backlog drops there at all. */
    public boolean isDeviceRxDropped() {
        return this == CPU_BACKLOG || this == DEV_READY;
    }

    /** The name in results. */
    public String label() {
        return label;
    }

    /** One phrase for people. */
    public String meaning() {
        return meaning;
    }
}
