package io.rxsim.core.run;

/**
 * What the clients of a closed loop saw.
 *
 * @param transactions answers received while measured
 * @param perSecond the same per second of measured time
 * @param busy share of the client host's CPU time in use, 0 to 1; of several client hosts, that of the busiest
 * @param losses what was lost and sent again
 * @param stream what streams achieved; null without any
 */
public record ClientResult(long transactions, double perSecond, double busy, Losses losses, StreamResult stream) {}
