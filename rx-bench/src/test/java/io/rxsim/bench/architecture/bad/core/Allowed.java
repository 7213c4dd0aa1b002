package io.rxsim.bench.architecture.bad.core;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Beside every forbidden access the one to take instead: no rule may report it. */
class Allowed {
    Object ordered() {
        Map<Integer, Integer> map = new LinkedHashMap<>();
        map.put(1, 2);
        return new TreeMap<>(map);
    }

    Object grouped(Stream<String> stream) {
        return stream.collect(Collectors.groupingBy(Function.identity(), TreeMap::new, Collectors.counting()));
    }

    Object seeded() {
        return new SplittableRandom(42);
    }

    Object math() {
        List<Object> numbers = new ArrayList<>();
        numbers.add(StrictMath.log(2));
        numbers.add(Math.max(1, 2));
        numbers.add(Math.multiplyHigh(1L, 2L));
        return numbers;
    }

    Object text(String s) {
        return String.format(Locale.ROOT, "%s", s.toLowerCase(Locale.ROOT));
    }
}
