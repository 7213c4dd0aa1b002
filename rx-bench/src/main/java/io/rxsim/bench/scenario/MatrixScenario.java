package io.rxsim.bench.scenario;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The complete scenario of a whole matrix, put together from those of its cells: what all of them have in common, and the axes.
 * What differs is either an axis or a default that follows from one, which every cell fills in again. One thread.
 */
public final class MatrixScenario {
    private static final String VARIANTS = "variants";
    private static final String NAME = "name";

    private Map<String, Object> common;

    /** Of no cell yet. */
    public MatrixScenario() {}

    /**
     * Adds a cell.
     *
     * @param effective the complete scenario of its study
     * @throws BadInputException if its variants are not those of the others
     */
    public void add(Map<String, Object> effective) {
        if (common == null) {
            common = effective;
            return;
        }
        if (!names(effective).equals(names(common))) {
            throw new BadInputException("matrix: cells have the variants " + names(common) + " and " + names(effective)
                    + ", allowed are axes that leave variants what they are");
        }
        common = common(common, effective);
    }

    /** The scenario, which runs again to the same results; its files are still {@link Path}s. */
    public Map<String, Object> effective(Matrix matrix, Path folder) {
        Map<String, Object> whole = new LinkedHashMap<>(common);
        whole.put(Matrix.KEY, matrix.plain(folder));
        return whole;
    }

    private static List<?> names(Map<String, Object> effective) {
        return effective.get(VARIANTS) instanceof List<?> variants
                ? variants.stream()
                        .map(variant -> ((Map<?, ?>) variant).get(NAME))
                        .toList()
                : List.of();
    }

    private static Map<String, Object> common(Map<?, ?> one, Map<?, ?> other) {
        Map<String, Object> both = new LinkedHashMap<>();
        one.forEach((key, value) -> {
            Object kept = common(value, other.get(key));
            if (kept != null) {
                both.put(key.toString(), kept);
            }
        });
        return both;
    }

    /** What two values agree in, or null. */
    private static Object common(Object one, Object other) {
        if (one instanceof Map<?, ?> map && other instanceof Map<?, ?> otherMap) {
            Map<String, Object> both = common(map, otherMap);
            return both.isEmpty() && !map.isEmpty() ? null : both;
        }
        boolean maps = one instanceof List<?> list && list.stream().allMatch(Map.class::isInstance);
        if (maps && other instanceof List<?> otherList && otherList.size() == ((List<?>) one).size()) {
            List<Object> both = new ArrayList<>();
            for (int i = 0; i < otherList.size(); i++) {
                both.add(common(((List<?>) one).get(i), otherList.get(i)));
            }
            return both;
        }
        return one != null && one.equals(other) ? one : null;
    }
}
