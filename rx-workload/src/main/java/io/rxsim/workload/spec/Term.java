package io.rxsim.workload.spec;

import java.util.Arrays;
import java.util.List;

/**
 * A member of a family and its arguments, as written {@code NAME[:ARGUMENT[,ARGUMENT...]]}. Immutable; any thread.
 *
 * @param family what is chosen, for errors
 * @param name the member
 * @param argument all that follows the colon; empty if there is none
 */
public record Term(String family, String name, String argument) {
    /** Splits a text at its first colon. */
    public static Term parse(String family, String text) {
        int colon = text.indexOf(':');
        return colon < 0
                ? new Term(family, text, "")
                : new Term(family, text.substring(0, colon), text.substring(colon + 1));
    }

    /**
     * The arguments.
     *
     * @param min fewest allowed
     * @param max most allowed
     * @param syntax how the whole term is written, for errors
     * @throws IllegalArgumentException if there are fewer or more
     */
    public List<String> arguments(int min, int max, String syntax) {
        List<String> arguments = argument.isEmpty() ? List.of() : Arrays.asList(argument.split(",", -1));
        if (arguments.size() < min || arguments.size() > max) {
            throw new IllegalArgumentException(family + "=" + this + ", allowed is " + syntax);
        }
        return arguments;
    }

    /** Refuses arguments, for members that have none. */
    public void noArguments() {
        arguments(0, 0, name + " without arguments");
    }

    @Override
    public String toString() {
        return argument.isEmpty() ? name : name + ":" + argument;
    }
}
