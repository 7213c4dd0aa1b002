package io.rxsim.bench.cli;

import io.rxsim.bench.scenario.Overlay;
import io.rxsim.bench.scenario.Tree;
import io.rxsim.bench.scenario.Where;
import java.util.ArrayList;
import java.util.List;

/** Options of the command line as settings: errors then name the option as their place. */
final class Overlays {
    private Overlays() {}

    /** Adds a setting if the option was given. */
    static void add(List<Tree.Mapping> overlays, String option, String path, String value) {
        if (value != null) {
            overlays.add(Overlay.of(option, path, new Tree.Scalar(value, true, Where.option(option))));
        }
    }

    /** Adds a list if the option was given at least once. */
    static void addList(List<Tree.Mapping> overlays, String option, String path, List<String> values) {
        if (!values.isEmpty()) {
            List<Tree> items = new ArrayList<>();
            values.forEach(value -> items.add(new Tree.Scalar(value, true, Where.option(option))));
            overlays.add(Overlay.of(option, path, new Tree.Sequence(items, Where.option(option))));
        }
    }
}
