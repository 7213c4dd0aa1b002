package io.rxsim.core.packet;

/**
 * What a command takes as a flow: a {@link FlowKey}, or a hash that is given as such.
 *
 * <p>Immutable; any thread.
 */
public sealed interface FlowInput permits FlowKey, GivenHash {
    /**
     * Reads a flow or a hash.
     *
     * @param text a flow as {@link FlowKey#parse} takes it, or {@code hash:0x51ccc178} with 1 to 8 hexadecimal digits
     * @return a {@link FlowKey} or a {@link GivenHash}
     * @throws FlowSyntaxException if the text is neither
     */
    static FlowInput parse(String text) {
        return text.startsWith(GivenHash.PREFIX) ? GivenHash.parse(text) : FlowKey.parse(text);
    }
}
