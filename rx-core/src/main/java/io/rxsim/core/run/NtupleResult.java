package io.rxsim.core.run;

/**
 * What accelerated RFS asked of the interface, and where packets went because of it; over the whole run, warm-up included.
 *
 * @param requests what the driver was asked, and its answers
 * @param filters in use at the end
 * @param expired filters that the driver removed
 * @param heldByActive moves without a request: an active flow of another hash, or the flow itself, had the filter of the slot
 * @param packets where packets went
 */
public record NtupleResult(Requests requests, int filters, long expired, long heldByActive, Packets packets) {
    /**
     * Calls of ndo_rx_flow_steer by answer.
     *
     * @param inserted a new filter
     * @param moved the flow's filter was given another queue
     * @param busy refused with EBUSY: too many requests under way
     * @param full refused with ENOSPC: no filter free
     * @param notSupported refused with EPROTONOSUPPORT: no TCP or UDP packet, or a fragment
     */
    public record Requests(long inserted, long moved, long busy, long full, long notSupported) {
        /** All calls. */
        public long total() {
            return inserted + moved + busy + full + notSupported;
        }
    }

    /**
     * Packets by what filters did to them.
     *
     * @param caught sent to the queue of their flow's filter
     * @param meanwhile came to another queue although a request for theirs was under way
     * @param misdirected of those caught, sent to a queue that is not the one nearest to their application's CPU any more
     */
    public record Packets(long caught, long meanwhile, long misdirected) {}
}
