package io.rxsim.bench.scenario;

import io.rxsim.core.cpu.CpuMask;
import io.rxsim.core.run.NearNames;
import io.rxsim.workload.spec.TimeSpan;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Typed access to one mapping. Each call names a key, its range and its default; what was never asked for is an unknown key.
 * What was read or defaulted is recorded as the effective settings.
 *
 * <p>One thread. Values are read once, in the order in which the effective settings list them.
 */
public final class Section {
    private final String path;
    private final Tree.Mapping given;
    private final Map<String, Object> effective;
    private final List<String> defaults;
    private final List<String> known = new ArrayList<>();

    private Section(String path, Tree.Mapping given, Map<String, Object> effective, List<String> defaults) {
        this.path = path;
        this.given = given;
        this.effective = effective;
        this.defaults = defaults;
    }

    /** The top of a document; {@code defaults} collects {@code key=value} of every default that was taken. */
    public static Section root(Tree.Mapping given, List<String> defaults) {
        return new Section("", given, new LinkedHashMap<>(), defaults);
    }

    /** Where the mapping begins. */
    public Where at() {
        return given.at();
    }

    /** The keys that the input has here, in its order. */
    public List<String> keys() {
        return List.copyOf(given.entries().keySet());
    }

    /** What was read here so far, complete with defaults. */
    public Map<String, Object> effective() {
        return effective;
    }

    /** Whether the input gives a value for a key. Also makes the key known. */
    public boolean has(String key) {
        return find(key) != null;
    }

    /** The value of a key, or null if it is absent or null. */
    public Tree find(String key) {
        if (!known.contains(key)) {
            known.add(key);
        }
        Tree.Entry entry = given.entries().get(key);
        if (entry == null || entry.value() instanceof Tree.Scalar scalar && scalar.isNull()) {
            return null;
        }
        return entry.value();
    }

    /** An error at the value of a key, or at the section where it is absent. */
    public BadInputException error(String key, String message) {
        Tree.Entry entry = given.entries().get(key);
        return new BadInputException(entry == null ? at() : entry.value().at(), message);
    }

    /** An error at a key. */
    public BadInputException errorAtKey(String key, String message) {
        return new BadInputException(given.entries().get(key).keyAt(), message);
    }

    /** Records what is in force for a key. */
    public void record(String key, Object value) {
        effective.put(key, value);
    }

    /** Records a default that was taken. */
    public void recordDefault(String key, Object value) {
        effective.put(key, value);
        defaults.add(path + key + "=" + value);
    }

    /** The part below a key; empty when the key is absent. */
    public Section section(String key) {
        Tree tree = find(key);
        Tree.Mapping mapping;
        if (tree == null) {
            mapping = Tree.empty(at());
        } else if (tree instanceof Tree.Mapping found) {
            mapping = found;
        } else {
            throw new BadInputException(tree.at(), key + ": expected keys and values, found " + tree.kind());
        }
        Map<String, Object> below = new LinkedHashMap<>();
        effective.put(key, below);
        return new Section(path + key + ".", mapping, below, defaults);
    }

    /** The parts of a list of mappings, in its order. */
    public List<Section> sections(String key) {
        List<Section> sections = new ArrayList<>();
        List<Object> all = new ArrayList<>();
        effective.put(key, all);
        for (Tree item : items(key)) {
            if (!(item instanceof Tree.Mapping mapping)) {
                throw new BadInputException(item.at(), key + ": expected keys and values, found " + item.kind());
            }
            Map<String, Object> below = new LinkedHashMap<>();
            all.add(below);
            sections.add(new Section(path + key + ".", mapping, below, defaults));
        }
        return sections;
    }

    /** The text of a key, or null if it is absent. Records nothing. */
    public String text(String key) {
        Tree tree = find(key);
        return tree == null ? null : scalar(key, tree);
    }

    /** The text of a key that must be there. */
    public String requiredText(String key) {
        String text = text(key);
        if (text == null) {
            throw new BadInputException(at(), path + key + " is missing");
        }
        effective.put(key, text);
        return text;
    }

    /** The text of a tree that must be a value. */
    static String scalar(String key, Tree tree) {
        if (tree instanceof Tree.Scalar scalar) {
            return scalar.text();
        }
        throw new BadInputException(tree.at(), key + ": expected a value, found " + tree.kind());
    }

    /** The items of a key, a single value counting as a list of one; null if absent. */
    public List<Tree> items(String key) {
        Tree tree = find(key);
        if (tree == null) {
            return null;
        }
        return tree instanceof Tree.Sequence sequence ? sequence.items() : List.of(tree);
    }

    /** A whole decimal number. */
    public long integer(String key, long min, long max, long byDefault) {
        String text = text(key);
        if (text == null) {
            recordDefault(key, byDefault);
            return byDefault;
        }
        long value = parseInteger(key, text, min, max);
        effective.put(key, value);
        return value;
    }

    /** A whole decimal number that must be there. */
    public long requiredInteger(String key, long min, long max) {
        long value = parseInteger(key, requiredText(key), min, max);
        effective.put(key, value);
        return value;
    }

    private long parseInteger(String key, String text, long min, long max) {
        String range = ", allowed is a whole number from " + min + " to " + max;
        if (!text.matches("-?\\d{1,18}")) {
            throw error(key, key + "=" + text + range);
        }
        long value = Long.parseLong(text);
        if (value < min || value > max) {
            throw error(key, key + "=" + text + range);
        }
        return value;
    }

    /** Nanoseconds of a duration with its unit. */
    public long durationNs(String key, long minNs, long maxNs, long byDefaultNs) {
        String text = text(key);
        if (text == null) {
            recordDefault(key, TimeSpan.format(byDefaultNs));
            return byDefaultNs;
        }
        try {
            long value = TimeSpan.parseNs(key, text, minNs, maxNs);
            effective.put(key, TimeSpan.format(value));
            return value;
        } catch (IllegalArgumentException e) {
            throw error(key, e.getMessage());
        }
    }

    /** One of several names. */
    public String choice(String key, List<String> allowed, String byDefault) {
        String text = text(key);
        if (text == null) {
            recordDefault(key, byDefault);
            return byDefault;
        }
        if (!allowed.contains(text)) {
            throw error(key, key + "=" + text + " is unknown" + NearNames.hint(text, allowed));
        }
        effective.put(key, text);
        return text;
    }

    /** A CPU mask in the kernel's grammar, or null if absent. Records nothing. */
    public CpuMask mask(String key, int nrCpuIds) {
        Tree tree = find(key);
        return tree == null ? null : mask(key, tree, nrCpuIds);
    }

    /** A CPU mask in the kernel's grammar. */
    static CpuMask mask(String key, Tree tree, int nrCpuIds) {
        try {
            return CpuMask.parse(scalar(key, tree), nrCpuIds);
        } catch (IllegalArgumentException e) {
            throw new BadInputException(
                    tree.at(),
                    key + ": " + e.getMessage() + ", allowed are hex groups of 32 CPUs, e.g. " + CpuMask.all(nrCpuIds)
                            + " for all " + nrCpuIds);
        }
    }

    /** Runs a constructor; what it refuses becomes an error of this section. */
    public <T> T build(java.util.function.Supplier<T> constructor) {
        try {
            return constructor.get();
        } catch (IllegalArgumentException e) {
            throw new BadInputException(at(), e.getMessage());
        }
    }

    /** Refuses keys that nobody asked for. */
    public void finish() {
        for (Map.Entry<String, Tree.Entry> entry : given.entries().entrySet()) {
            if (!known.contains(entry.getKey())) {
                throw new BadInputException(
                        entry.getValue().keyAt(),
                        "unknown key " + path + entry.getKey() + NearNames.hint(entry.getKey(), known));
            }
        }
    }
}
