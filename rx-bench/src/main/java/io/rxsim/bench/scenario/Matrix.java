package io.rxsim.bench.scenario;

import io.rxsim.core.run.NearNames;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code matrix:} of a scenario file: axes, each with the values of one key; every combination is a cell, which runs the
 * scenario's variants with these values laid over. Immutable.
 *
 * @param axes in the order of the file
 */
public record Matrix(List<Axis> axes) {
    /** The key. */
    public static final String KEY = "matrix";

    /** Most cells. */
    public static final int MAX_CELLS = 10_000;

    /** Settings that may name a file. */
    private static final List<String> FILES = List.of("host", "host.include", "workload.capture", "workload.sa");

    private static final List<String> KEYS = List.of("name", "key", "values", "labels");

    /**
     * One axis.
     *
     * @param name heads it
     * @param key path of the setting, as {@code --set} takes it
     * @param values what is laid over, in order
     * @param labels of the values
     */
    public record Axis(String name, String key, List<Tree> values, List<String> labels) {}

    /**
     * One combination.
     *
     * @param labels by name of the axis
     * @param overlays what is laid over the scenario
     */
    public record Cell(Map<String, String> labels, List<Tree.Mapping> overlays) {}

    /** The matrix of a document, or null if it has none. */
    public static Matrix of(Tree.Mapping document) {
        Tree.Entry entry = document.entries().get(KEY);
        if (entry == null || entry.value() instanceof Tree.Scalar scalar && scalar.isNull()) {
            return null;
        }
        if (!(entry.value() instanceof Tree.Sequence list) || list.items().isEmpty()) {
            throw new BadInputException(
                    entry.value().at(),
                    "matrix: expected a list of axes, e.g. - {name: ring, key: nic.ring, values: [64, 256]}");
        }
        List<Axis> axes = new ArrayList<>();
        long cells = 1;
        for (Tree item : list.items()) {
            Axis axis = axis(item);
            if (axes.stream().anyMatch(other -> other.name().equals(axis.name()))) {
                throw new BadInputException(item.at(), "matrix: name=" + axis.name() + " is used by an earlier axis");
            }
            axes.add(axis);
            cells *= axis.values().size();
            if (cells > MAX_CELLS) {
                throw new BadInputException(
                        list.at(), "matrix: more than " + MAX_CELLS + " cells, allowed is " + MAX_CELLS);
            }
        }
        return new Matrix(List.copyOf(axes));
    }

    private static Axis axis(Tree item) {
        if (!(item instanceof Tree.Mapping mapping)) {
            throw new BadInputException(item.at(), "matrix: expected keys and values, found " + item.kind());
        }
        mapping.entries().forEach((key, entry) -> {
            if (!KEYS.contains(key)) {
                throw new BadInputException(entry.keyAt(), "unknown key matrix." + key + NearNames.hint(key, KEYS));
            }
        });
        Section section = Section.root(mapping, new ArrayList<>());
        String name = section.requiredText("name");
        String key = section.requiredText("key");
        if (key.startsWith("variants") || key.startsWith(KEY)) {
            throw section.error("key", "key=" + key + ", allowed is any setting but variants and matrix");
        }
        List<Tree> values = section.items("values");
        if (values == null || values.isEmpty()) {
            throw new BadInputException(mapping.at(), "matrix.values is missing, allowed is a list");
        }
        List<Tree> given = section.items("labels");
        List<String> labels = new ArrayList<>();
        for (Tree label : given == null ? values : given) {
            labels.add(Section.scalar(given == null ? "values" : "labels", label));
        }
        if (labels.size() != values.size()) {
            throw section.error(
                    "labels",
                    "labels: " + labels.size() + " for " + values.size() + " values, allowed is one for each");
        }
        return new Axis(name, key, List.copyOf(values), List.copyOf(labels));
    }

    /** A document without its matrix. */
    public static Tree.Mapping without(Tree.Mapping document) {
        Tree.Mapping rest = Tree.copy(document);
        rest.entries().remove(KEY);
        return rest;
    }

    /** The axes as plain values, as a file has them; a value that names a file of {@code folder} is its {@link Path}. */
    List<Object> plain(Path folder) {
        List<Object> list = new ArrayList<>();
        for (Axis axis : axes) {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("name", axis.name());
            one.put("key", axis.key());
            one.put(
                    "values",
                    axis.values().stream()
                            .map(value -> plain(axis.key(), value, folder))
                            .toList());
            one.put("labels", axis.labels());
            list.add(one);
        }
        return list;
    }

    private static Object plain(String key, Tree value, Path folder) {
        boolean file = FILES.contains(key)
                && value instanceof Tree.Scalar scalar
                && Files.exists(folder.resolve(scalar.text()));
        return file ? folder.resolve(((Tree.Scalar) value).text()) : Tree.plain(value);
    }

    /** All combinations, the last axis changing fastest. */
    public List<Cell> cells() {
        List<Cell> cells = List.of(new Cell(new LinkedHashMap<>(), List.of()));
        for (Axis axis : axes) {
            List<Cell> longer = new ArrayList<>();
            for (Cell cell : cells) {
                for (int i = 0; i < axis.values().size(); i++) {
                    Map<String, String> labels = new LinkedHashMap<>(cell.labels());
                    labels.put(axis.name(), axis.labels().get(i));
                    List<Tree.Mapping> overlays = new ArrayList<>(cell.overlays());
                    overlays.add(Overlay.of(
                            axis.values().get(i).at().toString(),
                            axis.key(),
                            axis.values().get(i)));
                    longer.add(new Cell(labels, overlays));
                }
            }
            cells = longer;
        }
        return cells;
    }
}
