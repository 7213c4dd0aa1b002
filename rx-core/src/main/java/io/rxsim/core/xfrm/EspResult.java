package io.rxsim.core.xfrm;

import java.util.Map;

/**
 * ESP packets of the measured part of a run. Packets = all verdicts + lost earlier + what is still inside of a stopped run.
 *
 * @param packets arrived at the NIC
 * @param verdicts by verdict; every verdict is present
 * @param lostEarlier lost for want of room before anybody looked at them: ring, backlog, or refused by padata
 * @param outOfOrder decrypted packets handed on after a later one of their association, in the whole run
 * @param innerFlows flows that packets inside belonged to
 * @param padata what padata did, or null where it was not asked
 * @param reorderWaitShare share of all packets' time in the host that they waited for earlier ones to be decrypted, 0 to 1
 */
public record EspResult(
        long packets,
        Map<EspVerdict, Long> verdicts,
        long lostEarlier,
        long outOfOrder,
        long innerFlows,
        Padata padata,
        double reorderWaitShare) {
    /**
     * Padata's counts of the whole run.
     *
     * @param jobs accepted
     * @param inline worked on by their submitter, since no work item was free (6.18)
     * @param refused not accepted: decrypted at once by 6.18's pcrypt, lost by that of 2.6.3x
     */
    public record Padata(long jobs, long inline, long refused) {}
}
