package io.rxsim.bench.cli;

import io.rxsim.bench.scenario.BadInputException;
import io.rxsim.core.run.NearNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The value of {@code --format}: one constant of an enum by its name in lower case. */
final class FormatOption {
    private FormatOption() {}

    static <F extends Enum<F>> F parse(F[] formats, String given) {
        return parse("format", formats, given);
    }

    /** The value of another option that works alike. */
    static <F extends Enum<F>> F parse(String option, F[] formats, String given) {
        List<String> allowed = new ArrayList<>();
        for (F format : formats) {
            allowed.add(format.name().toLowerCase(Locale.ROOT));
            if (allowed.get(allowed.size() - 1).equals(given)) {
                return format;
            }
        }
        throw new BadInputException(
                "--" + option + ": " + option + "=" + given + " is unknown" + NearNames.hint(given, allowed));
    }
}
