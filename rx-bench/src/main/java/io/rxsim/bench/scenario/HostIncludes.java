package io.rxsim.bench.scenario;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Puts a host together from a profile that it includes and what it says otherwise: {@code host: {include: FILE, hz: 1000}}. A
 * file is relative to the file that includes it, and may include another.
 *
 * <p>What is changed no longer comes from where the profile says: a changed cost or line price without a source of its own names
 * the place of the change as its source, and a changed host without a name of its own is called so.
 */
final class HostIncludes {
    private static final String INCLUDE = "include";
    private static final String SOURCE = "source";

    private static final String CHANGED = " (changed)";

    private HostIncludes() {}

    /** The complete profile that a name stands for. */
    static Tree.Mapping ofName(String name, Path folder, Where at) {
        return included("host", name, folder, at, List.of());
    }

    /** The complete profile of a mapping that may include one; files are relative to {@code folder}. */
    static Tree.Mapping expand(Tree.Mapping given, Path folder) {
        return expand(given, folder, List.of());
    }

    /** A host that is named below and changed above is an include of that name. */
    static Tree.Mapping asInclude(Tree.Scalar name) {
        Tree.Mapping mapping = Tree.empty(name.at());
        mapping.entries().put(INCLUDE, new Tree.Entry(name.at(), name));
        return mapping;
    }

    private static Tree.Mapping expand(Tree.Mapping given, Path folder, List<String> chain) {
        Tree.Entry entry = given.entries().get(INCLUDE);
        if (entry == null || entry.value() instanceof Tree.Scalar scalar && scalar.isNull()) {
            return given;
        }
        String name = Section.scalar(INCLUDE, entry.value());
        Tree.Mapping base = included(INCLUDE, name, folder, entry.value().at(), chain);
        Tree.Mapping own = Tree.copy(given);
        own.entries().remove(INCLUDE);
        return own.entries().isEmpty() ? base : changed(base, own);
    }

    private static Tree.Mapping included(String key, String name, Path folder, Where at, List<String> chain) {
        boolean shipped = HostFile.SHIPPED.contains(name);
        Path file = folder.resolve(name).toAbsolutePath().normalize();
        String id = shipped ? name : file.toString();
        List<String> longer = new ArrayList<>(chain);
        longer.add(id);
        if (chain.contains(id)) {
            throw new BadInputException(
                    at,
                    key + "=" + name + " comes back to itself: " + String.join(" includes ", longer)
                            + ", allowed is a host that does not include this one");
        }
        Tree.Mapping document = HostFile.document(key, name, folder, at);
        return shipped ? document : expand(document, file.getParent(), longer);
    }

    private static Tree.Mapping changed(Tree.Mapping base, Tree.Mapping own) {
        Map<String, Tree.Entry> above = new LinkedHashMap<>();
        own.entries().forEach((key, entry) -> {
            Tree value = entry.value();
            if (key.equals("line_ns")) {
                value = sourced(value);
            } else if (key.equals("costs") && value instanceof Tree.Mapping costs) {
                Tree.Mapping each = Tree.copy(costs);
                each.entries().replaceAll((stage, cost) -> new Tree.Entry(cost.keyAt(), sourced(cost.value())));
                value = each;
            }
            above.put(key, new Tree.Entry(entry.keyAt(), value));
        });
        Tree.Entry name = base.entries().get("name");
        if (!above.containsKey("name") && name != null && name.value() instanceof Tree.Scalar scalar) {
            String called = scalar.text().endsWith(CHANGED) ? scalar.text() : scalar.text() + CHANGED;
            above.put("name", new Tree.Entry(own.at(), new Tree.Scalar(called, true, own.at())));
        }
        return Overlay.merge(base, new Tree.Mapping(above, own.at()));
    }

    private static Tree sourced(Tree value) {
        if (!(value instanceof Tree.Mapping mapping) || mapping.entries().containsKey(SOURCE)) {
            return value;
        }
        Tree.Mapping sourced = Tree.copy(mapping);
        Where at = mapping.at();
        sourced.entries().put(SOURCE, new Tree.Entry(at, new Tree.Scalar("changed in " + at, true, at)));
        return sourced;
    }
}
