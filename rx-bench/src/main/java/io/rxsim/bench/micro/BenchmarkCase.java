package io.rxsim.bench.micro;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * One benchmark with a value for each of its parameters.
 *
 * @param group its group
 * @param name its name in the group
 * @param parameters values by name, in order of declaration
 */
public record BenchmarkCase(String group, String name, Map<String, String> parameters) {
    /** Copies the parameters. */
    public BenchmarkCase {
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    }

    /** The parameters, for example {@code cpus=8 flows=1000}. */
    public String parametersText() {
        return parameters.entrySet().stream()
                .map(parameter -> parameter.getKey() + "=" + parameter.getValue())
                .collect(Collectors.joining(" "));
    }

    /** Name and parameters, for example {@code steering.rps flows=1000}. */
    public String label() {
        return (group + "." + name + " " + parametersText()).strip();
    }
}
