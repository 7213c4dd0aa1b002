package io.rxsim.core.softnet;

/** Why a packet was lost. Labels are the kernel's own drop reasons (include/net/dropreason-core.h, 6.18) where it has one; those of ESP are
 * its counters in /proc/net/xfrm_stat. */
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
    DEV_READY("DEV_READY", "the device was down or unregistered when the packet came to or waited on a backlog"),
    /** An ESP packet that is not whole, or not what its association carries. */
    ESP_MALFORMED("XfrmInHdrError", "an ESP packet was not whole, or held what its association does not carry"),
    /** An ESP packet whose SPI no association has. */
    ESP_UNKNOWN_SPI("XfrmInNoStates", "no security association has the SPI of an ESP packet"),
    /** An ESP packet whose sequence number was seen or is too old. */
    ESP_REPLAYED(
            "XfrmInStateSeqError", "the sequence number of an ESP packet was seen, or lies below the replay window"),
    /** An ESP packet whose check value does not fit. */
    ESP_FORGED("XfrmInStateProtoError", "the check value of an ESP packet does not fit: forged, or another key"),
    /** Padata of 2.6.3x refused a packet: too many in flight, or its masks are being changed. */
    CRYPTO_BUSY("XfrmInError", "padata took no more packets, and its caller in 2.6.3x does not decrypt them itself");

    private final String label;
    private final String meaning;

    DropReason(String label, String meaning) {
        this.label = label;
        this.meaning = meaning;
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
