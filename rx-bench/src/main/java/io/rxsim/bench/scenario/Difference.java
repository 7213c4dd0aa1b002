package io.rxsim.bench.scenario;

import java.util.LinkedHashMap;
import java.util.Map;

/** What has to be laid over one set of settings to get another. */
final class Difference {
    private Difference() {}

    /** The entries of {@code to} that {@code from} lacks or has otherwise; keys only in {@code from} become null. */
    static Map<String, Object> of(Map<?, ?> from, Map<?, ?> to) {
        Map<String, Object> difference = new LinkedHashMap<>();
        for (Map.Entry<?, ?> entry : to.entrySet()) {
            Object before = from.get(entry.getKey());
            if (entry.getValue().equals(before)) {
                continue;
            }
            boolean both = before instanceof Map<?, ?> && entry.getValue() instanceof Map<?, ?>;
            Object value = both ? of((Map<?, ?>) before, (Map<?, ?>) entry.getValue()) : entry.getValue();
            difference.put(entry.getKey().toString(), value);
        }
        for (Object key : from.keySet()) {
            if (!to.containsKey(key)) {
                difference.put(key.toString(), null);
            }
        }
        return difference;
    }
}
