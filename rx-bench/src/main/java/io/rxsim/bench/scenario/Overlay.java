package io.rxsim.bench.scenario;

import java.util.Map;

/** Lays settings over settings: a variant over the scenario, an option over both. Mappings merge, everything else replaces;
 * of a list of workloads, a mapping changes those that it names. */
public final class Overlay {
    private static final String ALL_QUEUES = "rx-*";

    private Overlay() {}

    /** {@code base} with the entries of {@code over} laid over it. Neither is changed. */
    public static Tree.Mapping merge(Tree.Mapping base, Tree.Mapping over) {
        Tree.Mapping merged = Tree.copy(base);
        over.entries().forEach((key, entry) -> {
            Tree.Entry below = merged.entries().get(key);
            if (key.equals("host") && below != null && below.value() instanceof Tree.Scalar name && !name.isNull()) {
                below = new Tree.Entry(below.keyAt(), HostIncludes.asInclude(name));
            }
            if (key.equals("workload")
                    && below != null
                    && below.value() instanceof Tree.Sequence list
                    && entry.value() instanceof Tree.Mapping changes) {
                merged.entries().put(key, new Tree.Entry(below.keyAt(), MixedWorkload.changed(list, changes)));
            } else if (below != null
                    && below.value() instanceof Tree.Mapping lower
                    && entry.value() instanceof Tree.Mapping upper) {
                boolean queues = key.equals("queues");
                Tree.Mapping value = queues ? mergeQueues(lower, upper) : merge(lower, upper);
                merged.entries().put(key, new Tree.Entry(entry.keyAt(), value));
            } else {
                merged.entries().put(key, entry);
            }
        });
        return merged;
    }

    /** {@code rx-*} above reaches every queue named below. */
    private static Tree.Mapping mergeQueues(Tree.Mapping lower, Tree.Mapping upper) {
        Tree.Mapping base = Tree.copy(lower);
        Tree.Entry all = upper.entries().get(ALL_QUEUES);
        if (all != null && all.value() instanceof Tree.Mapping settings) {
            for (Map.Entry<String, Tree.Entry> queue : base.entries().entrySet()) {
                if (queue.getValue().value() instanceof Tree.Mapping named) {
                    queue.setValue(new Tree.Entry(queue.getValue().keyAt(), merge(named, settings)));
                }
            }
        }
        return merge(base, upper);
    }

    /**
     * The overlay of one {@code --set} argument.
     *
     * @param argument {@code key=value}; the key's parts are joined by dots, and all after {@code sysctl.} is one key
     */
    public static Tree.Mapping ofSet(String argument) {
        int equals = argument.indexOf('=');
        if (equals <= 0) {
            throw new BadInputException("--set " + argument + ": expected KEY=VALUE, e.g. --set nic.ring=512");
        }
        String option = "--set " + argument;
        return of(option, argument.substring(0, equals), YamlText.parseOption(option, argument.substring(equals + 1)));
    }

    /** An overlay with one value at a path; {@code option} is what errors name. */
    public static Tree.Mapping of(String option, String path, Tree value) {
        Where at = Where.option(option);
        int dot = path.indexOf('.');
        Tree.Mapping mapping = Tree.empty(at);
        if (dot < 0 || path.startsWith("net.")) {
            mapping.entries().put(path, new Tree.Entry(at, value));
        } else {
            Tree below = of(option, path.substring(dot + 1), value);
            mapping.entries().put(path.substring(0, dot), new Tree.Entry(at, below));
        }
        return mapping;
    }
}
