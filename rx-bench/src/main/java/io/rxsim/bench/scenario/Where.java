package io.rxsim.bench.scenario;

/**
 * Where a setting was given: a place in a file, or an option.
 *
 * @param origin file name or option
 * @param line from 1; 0 when there is no line
 * @param column from 1; 0 when there is no column
 */
public record Where(String origin, int line, int column) {
    /** A setting given by an option of the command line. */
    public static Where option(String option) {
        return new Where(option, 0, 0);
    }

    /** {@code file:line:column}, or the option's name. */
    @Override
    public String toString() {
        return line == 0 ? origin : origin + ":" + line + ":" + column;
    }
}
