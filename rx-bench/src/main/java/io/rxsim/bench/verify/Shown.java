package io.rxsim.bench.verify;

import java.util.Locale;

/**
 * One figure of a recording that is statistics, or order of events: what was recorded, and what the model gives. It is shown and
 * decides nothing.
 *
 * @param figure what it is, with the settings it belongs to
 * @param rows rows it is from
 * @param recordedLeast least recorded value
 * @param recordedMost largest recorded value
 * @param modelledLeast least value of the model
 * @param modelledMost largest value of the model
 */
public record Shown(
        String figure,
        long rows,
        double recordedLeast,
        double recordedMost,
        double modelledLeast,
        double modelledMost) {
    /** The same with one more row. */
    Shown with(double recorded, double modelled) {
        return new Shown(
                figure,
                rows + 1,
                Math.min(recordedLeast, recorded),
                Math.max(recordedMost, recorded),
                Math.min(modelledLeast, modelled),
                Math.max(modelledMost, modelled));
    }

    /** One line for people. */
    String line() {
        return figure + " (" + rows + " rows): recorded " + range(recordedLeast, recordedMost) + ", model "
                + range(modelledLeast, modelledMost);
    }

    private static String range(double least, double most) {
        return least == most ? number(least) : number(least) + " to " + number(most);
    }

    private static String number(double value) {
        return value == Math.rint(value)
                ? String.format(Locale.ROOT, "%.0f", value)
                : String.format(Locale.ROOT, "%.4f", value);
    }
}
