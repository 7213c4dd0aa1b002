package io.rxsim.bench.scenario;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A document with the place of every key and value. Values keep their text: a mask {@code 10} stays two hex digits. */
public sealed interface Tree {
    /** Where it begins. */
    Where at();

    /** What it is, for errors. */
    String kind();

    /**
     * A value.
     *
     * @param text as written, without quotes
     * @param quoted whether it was in quotes
     * @param at where it begins
     */
    record Scalar(String text, boolean quoted, Where at) implements Tree {
        /** Whether it is YAML's null, which puts a key back to its default. */
        public boolean isNull() {
            return !quoted && (text.isEmpty() || text.equals("~") || text.equals("null"));
        }

        @Override
        public String kind() {
            return "a value";
        }
    }

    /**
     * A list.
     *
     * @param items in order
     * @param at where it begins
     */
    record Sequence(List<Tree> items, Where at) implements Tree {
        @Override
        public String kind() {
            return "a list";
        }
    }

    /**
     * Keys and values in the order of the file.
     *
     * @param entries by key
     * @param at where it begins
     */
    record Mapping(Map<String, Entry> entries, Where at) implements Tree {
        @Override
        public String kind() {
            return "a mapping";
        }
    }

    /**
     * A value and the place of its key.
     *
     * @param keyAt where the key is
     * @param value what it holds
     */
    record Entry(Where keyAt, Tree value) {}

    /** A mapping without keys. */
    static Mapping empty(Where at) {
        return new Mapping(new LinkedHashMap<>(), at);
    }

    /** A copy of a mapping whose own entries may be changed. */
    static Mapping copy(Mapping mapping) {
        return new Mapping(new LinkedHashMap<>(mapping.entries()), mapping.at());
    }

    /** The plain Java values of a tree: maps, lists, text and numbers, or null for YAML's null. */
    static Object plain(Tree tree) {
        if (tree instanceof Mapping mapping) {
            Map<String, Object> map = new LinkedHashMap<>();
            mapping.entries().forEach((key, entry) -> map.put(key, plain(entry.value())));
            return map;
        }
        if (tree instanceof Sequence sequence) {
            return sequence.items().stream().map(Tree::plain).toList();
        }
        Scalar scalar = (Scalar) tree;
        if (scalar.isNull()) {
            return null;
        }
        boolean number = !scalar.quoted() && scalar.text().matches("(0|-?[1-9]\\d{0,17})(\\.\\d{1,18})?");
        return number ? new BigDecimal(scalar.text()) : scalar.text();
    }

    /** The tree of plain Java values (maps, lists, numbers, strings), all at one place. */
    static Tree of(Object value, Where at) {
        if (value instanceof Map<?, ?> map) {
            Map<String, Entry> entries = new LinkedHashMap<>();
            map.forEach((key, item) -> entries.put(String.valueOf(key), new Entry(at, of(item, at))));
            return new Mapping(entries, at);
        }
        if (value instanceof List<?> list) {
            List<Tree> items = new ArrayList<>();
            list.forEach(item -> items.add(of(item, at)));
            return new Sequence(items, at);
        }
        return new Scalar(value == null ? "~" : value.toString(), value instanceof String, at);
    }
}
