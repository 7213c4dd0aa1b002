package io.rxsim.core.hash;

/**
 * Scales a 32-bit hash onto {@code 0 .. length - 1} by its high bits, without a division; the rule that picks a CPU
 * from an RPS map.
 *
 * <p>Models: {@code reciprocal_scale} of include/linux/math.h, v6.18. It is not a modulo: equal low bits do not meet.
 *
 * <p>Stateless; any thread.
 */
public final class ReciprocalScale {
    private ReciprocalScale() {}

    /**
     * Returns {@code hash * length / 2^32}, rounded down, with {@code hash} taken as unsigned.
     *
     * @param hash the 32-bit hash, unsigned
     * @param length number of choices, at least 0
     * @return an index from 0 to {@code length - 1}; 0 if {@code length} is 0
     */
    public static int scale(int hash, int length) {
        return (int) ((Integer.toUnsignedLong(hash) * length) >>> 32);
    }
}
