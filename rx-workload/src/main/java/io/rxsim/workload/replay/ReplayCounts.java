package io.rxsim.workload.replay;

/**
 * What was read of a capture so far.
 *
 * @param packetsInFile packets read
 * @param packetsToHost those of them that arrived at the modelled NIC
 * @param socketPackets those of them with a socket: TCP and UDP, no fragments
 * @param flows flows that packets to the host made, closed ones included
 * @param closedFlows flows closed to make room for others
 * @param file what the reading itself met
 */
public record ReplayCounts(
        long packetsInFile, long packetsToHost, long socketPackets, long flows, long closedFlows, FileState file) {
    /** Packets to the host that no socket takes: ESP, ICMP, ARP, fragments and all else that is neither TCP nor UDP. */
    public long packetsWithoutSocket() {
        return packetsToHost - socketPackets;
    }

    /**
     * What the reading of the file met so far.
     *
     * @param timestampsOutOfOrder packets stamped earlier than the one before, in the file
     * @param longestBackstepNs largest correction that time needed to run forward, recorded nanoseconds
     * @param ended the end was reached, whole or cut
     * @param cut the capture ends inside a packet; what was whole has been replayed
     */
    public record FileState(long timestampsOutOfOrder, long longestBackstepNs, boolean ended, boolean cut) {}
}
