package io.rxsim.core.run;

/**
 * What a client host did about packets that the modelled host lost, over the whole run, warm-up included.
 *
 * @param lost packets of the clients that were dropped
 * @param retransmitted packets sent again; each arrives as a packet of its own
 * @param stopped connections that wait for an answer that never comes, since their transport does not retransmit
 */
public record Losses(long lost, long retransmitted, int stopped) {
    /** Nothing was lost. */
    public static final Losses NONE = new Losses(0, 0, 0);

    /** These and others together. */
    public Losses plus(Losses others) {
        return new Losses(lost + others.lost, retransmitted + others.retransmitted, stopped + others.stopped);
    }
}
