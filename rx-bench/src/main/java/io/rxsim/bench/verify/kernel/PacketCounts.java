package io.rxsim.bench.verify.kernel;

/**
 * Packets of a configuration, or of several.
 *
 * @param agreeing the model gives the kernel's CPU
 * @param disagreeing it gives another
 * @param apart compared ones for which no steering, RPS and RFS do not all give the same CPU
 * @param lost trace events that the buffer could not hold
 */
public record PacketCounts(long agreeing, long disagreeing, long apart, long lost) {
    /** None. */
    static final PacketCounts NONE = new PacketCounts(0, 0, 0, 0);

    /** Packets that were held against the model. */
    public long compared() {
        return agreeing + disagreeing;
    }

    PacketCounts plus(PacketCounts other) {
        return new PacketCounts(
                agreeing + other.agreeing, disagreeing + other.disagreeing, apart + other.apart, lost + other.lost);
    }
}
