package io.rxsim.bench.reference;

import java.util.Map;
import java.util.TreeMap;

/** How often things happened. */
final class Counts {
    private final Map<String, Long> byName = new TreeMap<>();

    void add(String name, long times) {
        byName.merge(name, times, Long::sum);
    }

    long of(String name) {
        return byName.getOrDefault(name, 0L);
    }

    @Override
    public String toString() {
        return byName.toString();
    }
}
