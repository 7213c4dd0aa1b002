package io.rxsim.core.run;

import java.util.Map;

/**
 * What the order audit found at the sockets.
 *
 * @param outOfOrder packets that reached the socket after a later one of their flow and direction
 * @param violations those that break the promise of RFS (or of RPS under an unchanged map)
 * @param handover the others, by cause; every cause is present
 * @param firstViolation the first violation in words, or null
 */
public record OrderResult(long outOfOrder, long violations, Map<HandoverCause, Long> handover, String firstViolation) {}
