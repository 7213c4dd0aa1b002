package io.rxsim.bench.scenario;

import io.rxsim.core.run.Scenario;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The runs that one scenario file or command asks for: the same packets under several settings.
 *
 * @param variants the first run of each, in the order of the file
 * @param repetitions all runs of each
 * @param workload what arrives, for people
 * @param published what others measured for the variants
 * @param effective the complete scenario, every default filled in; names of files are {@link Path}s
 * @param defaults {@code key=value} of what was not given
 * @param notes remarks on settings that are accepted and have no effect
 */
public record Study(
        List<Scenario> variants,
        Repetitions repetitions,
        Workload workload,
        PublishedFigures published,
        Map<String, Object> effective,
        List<String> defaults,
        List<String> notes) {
    /** Copies the lists. */
    public Study {
        variants = List.copyOf(variants);
        defaults = List.copyOf(defaults);
        notes = List.copyOf(notes);
    }

    /** The complete scenario for a file in {@code directory}, to which the names of its files are relative. */
    public Map<String, Object> effective(Path directory) {
        return relative(effective, directory);
    }

    /** A complete scenario with the names of its files relative to {@code directory}. */
    public static Map<String, Object> relative(Map<String, Object> scenario, Path directory) {
        return map(scenario, directory.toAbsolutePath().normalize());
    }

    private static Map<String, Object> map(Map<?, ?> map, Path directory) {
        Map<String, Object> copy = new LinkedHashMap<>();
        map.forEach((key, value) -> copy.put(key.toString(), value(value, directory)));
        return copy;
    }

    private static Object value(Object value, Path directory) {
        if (value instanceof Path file) {
            return directory.relativize(file.toAbsolutePath().normalize()).toString();
        }
        if (value instanceof List<?> list) {
            return list.stream().map(item -> value(item, directory)).toList();
        }
        return value instanceof Map<?, ?> below ? map(below, directory) : value;
    }

    /** This study with other defaults listed. */
    public Study withDefaults(List<String> others) {
        return new Study(variants, repetitions, workload, published, effective, others, notes);
    }

    /** The seed of the first run, which all variants share. */
    public long seed() {
        return variants.get(0).seed();
    }

    /** The kernel of the first variant. */
    public String kernel() {
        return variants.get(0).machine().rules().toString();
    }
}
