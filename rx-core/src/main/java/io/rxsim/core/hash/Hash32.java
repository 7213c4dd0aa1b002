package io.rxsim.core.hash;

/**
 * Multiplicative (golden ratio) hash of a 32-bit value, the slot rule of the per-queue RFS table and of the flow-limit
 * buckets.
 *
 * <p>Models: {@code hash_32} of include/linux/hash.h, v6.18; used by {@code rps_dev_flow_table} since 6.15.
 *
 * <p>Deviation: a table of one entry has 0 bits, for which the C expression shifts a 32-bit value by 32 and is
 * undefined; here 0 bits always give slot 0.
 *
 * <p>Stateless; any thread.
 */
public final class Hash32 {
    private static final int GOLDEN_RATIO_32 = 0x61C88647;

    private Hash32() {}

    /**
     * Returns the top {@code bits} bits of the product of {@code value} and the golden ratio.
     *
     * @param value the 32-bit value, unsigned
     * @param bits log2 of the table size, 0 to 32; 0 gives 0
     * @return an index from 0 to {@code 2^bits - 1}, unsigned
     */
    public static int hash32(int value, int bits) {
        return bits == 0 ? 0 : (value * GOLDEN_RATIO_32) >>> (32 - bits);
    }
}
