package io.rxsim.bench.verify;

import java.util.Map;
import java.util.TreeMap;

/** Gives the flows of a recording dense numbers, from a first one on. One thread. */
final class FlowNumbers {
    private final Map<String, Integer> numbers = new TreeMap<>();
    private final int first;

    FlowNumbers(int first) {
        this.first = first;
    }

    int of(String flow) {
        return numbers.computeIfAbsent(flow, unseen -> first + numbers.size());
    }
}
