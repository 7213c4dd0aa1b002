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
        return relative(effective, directory.toAbsolutePath().normalize());
    }

    private static Map<String, Object> relative(Map<?, ?> map, Path directory) {
        Map<String, Object> copy = new LinkedHashMap<>();
        map.forEach((key, value) -> {
            Object replaced = value;
            if (value instanceof Path file) {
                replaced =
                        directory.relativize(file.toAbsolutePath().normalize()).toString();
            } else if (value instanceof Map<?, ?> below) {
                replaced = relative(below, directory);
            }
            copy.put(key.toString(), replaced);
        });
        return copy;
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
