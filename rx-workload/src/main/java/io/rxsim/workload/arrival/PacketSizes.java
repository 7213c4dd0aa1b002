package io.rxsim.workload.arrival;

import io.rxsim.core.run.RandomStream;
import io.rxsim.workload.random.AliasTable;
import io.rxsim.workload.spec.Term;
import java.util.Arrays;

/**
 * Lengths of packets on the wire, link header included: one length, or several with weights. Immutable; any thread (the
 * stream belongs to the caller).
 */
public final class PacketSizes {
    private static final int MAX_SIZES = 64;
    private static final String SYNTAX = "SIZE or SIZE:WEIGHT,SIZE:WEIGHT..., for example 64:7,594:4,1518:1";

    private final int[] lengths;
    private final AliasTable weights;

    private PacketSizes(int[] lengths, AliasTable weights) {
        this.lengths = lengths;
        this.weights = weights;
    }

    /**
     * Parses sizes.
     *
     * @param text {@code 64}, or {@code 64:7,594:4,1518:1} for weights 7, 4 and 1
     * @param minBytes smallest length allowed, the headers
     * @param maxBytes largest length allowed
     * @throws IllegalArgumentException for anything else
     */
    public static PacketSizes parse(String text, int minBytes, int maxBytes) {
        String[] entries = text.split(",", -1);
        if (entries.length > MAX_SIZES) {
            throw new IllegalArgumentException("sizes: " + entries.length + " of them, allowed is up to " + MAX_SIZES);
        }
        int[] lengths = new int[entries.length];
        double[] weights = new double[entries.length];
        for (int i = 0; i < entries.length; i++) {
            Term entry = Term.parse("sizes", entries[i]);
            lengths[i] = number(text, entry.name());
            if (lengths[i] < minBytes || lengths[i] > maxBytes) {
                throw new IllegalArgumentException(
                        "sizes=" + text + ": " + lengths[i] + ", allowed is " + minBytes + " to " + maxBytes);
            }
            boolean single = entries.length == 1 && entry.argument().isEmpty();
            weights[i] = single ? 1 : number(text, entry.argument());
            if (weights[i] < 1) {
                throw new IllegalArgumentException("sizes=" + text + ": weight 0, allowed is 1 or more");
            }
        }
        return new PacketSizes(lengths, new AliasTable(weights));
    }

    private static int number(String text, String digits) {
        if (!digits.matches("[0-9]{1,7}")) {
            throw new IllegalArgumentException("sizes=" + text + ", allowed is " + SYNTAX);
        }
        return Integer.parseInt(digits);
    }

    /** Draws a length in bytes; takes one number of the stream, or none if there is one length only. */
    public int nextBytes(RandomStream stream) {
        return lengths.length == 1 ? lengths[0] : lengths[weights.next(stream)];
    }

    @Override
    public String toString() {
        return Arrays.toString(lengths);
    }
}
