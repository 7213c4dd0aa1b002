package io.rxsim.workload.spec;

import io.rxsim.core.run.NearNames;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The settings of a workload with their values, defaults filled in, in the workload's order. Immutable; any thread. */
public final class SettingValues {
    private final Map<String, String> values = new LinkedHashMap<>();

    /**
     * Takes the given values and the defaults of the rest.
     *
     * @param known the settings of the workload
     * @param given values by name
     * @throws IllegalArgumentException for a name that the workload does not know, naming the near ones
     */
    public SettingValues(List<Workload.Setting> known, Map<String, String> given) {
        for (Workload.Setting setting : known) {
            values.put(setting.name(), given.getOrDefault(setting.name(), setting.defaultValue()));
        }
        for (String name : given.keySet()) {
            if (!values.containsKey(name)) {
                throw new IllegalArgumentException(
                        "workload: " + name + " is unknown" + NearNames.hint(name, List.copyOf(values.keySet())));
            }
        }
    }

    /** The value of a setting. */
    public String text(String name) {
        String value = values.get(name);
        if (value == null) {
            throw new IllegalArgumentException("setting=" + name + " is unknown" + NearNames.hint(name, names()));
        }
        return value;
    }

    /**
     * The value of a setting as a whole number.
     *
     * @throws IllegalArgumentException if it is none, or out of range
     */
    public int number(String name, int min, int max) {
        String value = text(name);
        long number = value.matches("[0-9]{1,10}") ? Long.parseLong(value) : -1;
        if (number < min || number > max) {
            throw new IllegalArgumentException(name + "=" + value + ", allowed is " + min + " to " + max);
        }
        return (int) number;
    }

    /**
     * The value of a setting that is one of some words.
     *
     * @throws IllegalArgumentException if it is another
     */
    public String choice(String name, List<String> allowed) {
        String value = text(name);
        if (!allowed.contains(value)) {
            throw new IllegalArgumentException(name + "=" + value + " is unknown" + NearNames.hint(value, allowed));
        }
        return value;
    }

    /** All names, in the workload's order. */
    public List<String> names() {
        return List.copyOf(values.keySet());
    }

    @Override
    public String toString() {
        return values.toString();
    }
}
