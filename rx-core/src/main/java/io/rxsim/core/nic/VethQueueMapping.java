package io.rxsim.core.nic;

/**
 * The RX queue that a packet appears to come from when a veth pair hands it from one network namespace to the other.
 *
 * <p>Source: the queue number of a packet has one field (include/linux/skbuff.h, {@code skb_record_rx_queue} and
 * {@code skb_set_queue_mapping}, 6.18). On transmit it holds the queue itself; on receive it holds one more than the queue,
 * and 0 means that none was recorded, which counts as queue 0. drivers/net/veth.c passes the field on as it is, with and
 * without NAPI, so that the receiver reads the sender's transmit queue minus one.
 *
 * <p>Stateless; any thread.
 */
public final class VethQueueMapping {
    private VethQueueMapping() {}

    /**
     * The RX queue for a packet that was sent on a transmit queue of the peer.
     *
     * @param transmitQueue the queue the packet was sent on, 0 or more
     * @return the RX queue that steering uses
     */
    public static int rxQueue(int transmitQueue) {
        return Math.max(transmitQueue - 1, 0);
    }
}
