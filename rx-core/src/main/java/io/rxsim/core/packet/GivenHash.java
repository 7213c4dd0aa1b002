package io.rxsim.core.packet;

import java.util.Locale;

/**
 * A flow of which only the hash is known, written {@code hash:0x51ccc178}.
 *
 * <p>Immutable; any thread.
 *
 * @param hash the 32-bit flow hash
 */
public record GivenHash(int hash) implements FlowInput {
    static final String PREFIX = "hash:";

    private static final String FORM = "allowed: hash:0x and 1 to 8 hexadecimal digits, as hash:0x51ccc178";

    /**
     * Reads a hash.
     *
     * @param text {@code hash:0x} and 1 to 8 hexadecimal digits
     * @return the hash
     * @throws FlowSyntaxException if the text is something else
     */
    public static GivenHash parse(String text) {
        if (!text.startsWith(PREFIX)) {
            throw new FlowSyntaxException(1, FORM);
        }
        FlowText rest = new FlowText(text, PREFIX.length());
        int hash = rest.hexWord("hash", FORM);
        rest.end();
        return new GivenHash(hash);
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "hash:0x%08x", hash);
    }
}
