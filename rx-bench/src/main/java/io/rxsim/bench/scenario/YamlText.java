package io.rxsim.bench.scenario;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * Reads YAML text into a {@link Tree}: one document of at most 1 MiB in UTF-8, no duplicate keys, aliases expanded within
 * a bound. Every fault is one line with its place.
 */
public final class YamlText {
    /** Largest file. */
    public static final int MAX_BYTES = 1 << 20;

    private static final int MAX_NODES = 200_000;
    private static final int MAX_DEPTH = 50;

    private final String name;
    private int nodes;

    private YamlText(String name) {
        this.name = name;
    }

    /** Reads a file. */
    public static Tree.Mapping read(Path file) {
        if (Files.isDirectory(file)) {
            throw new BadInputException(file + ": is a directory, a YAML file is expected");
        }
        try (InputStream in = Files.newInputStream(file)) {
            return parse(file.toString(), in.readNBytes(MAX_BYTES + 1));
        } catch (IOException e) {
            throw new BadInputException(file + ": cannot be read: " + Reasons.of(e));
        }
    }

    /** Reads bytes; {@code name} is what errors call them. */
    public static Tree.Mapping parse(String name, byte[] bytes) {
        if (bytes.length > MAX_BYTES) {
            throw new BadInputException(
                    name + ": is larger than " + MAX_BYTES + " bytes, the most a scenario may have");
        }
        Tree tree = new YamlText(name).compose(decode(name, bytes));
        if (tree instanceof Tree.Mapping mapping) {
            return mapping;
        }
        throw new BadInputException(tree.at(), "expected keys and values, found " + tree.kind());
    }

    /** A value given on the command line: a list or mapping in YAML's flow form, else its text. */
    public static Tree parseOption(String option, String value) {
        if (value.startsWith("[") || value.startsWith("{") || value.startsWith("\"") || value.startsWith("'")) {
            return new YamlText(option).compose(value);
        }
        return new Tree.Scalar(value, false, Where.option(option));
    }

    private static String decode(String name, byte[] bytes) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return text.startsWith("\ufeff") ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw new BadInputException(name + ": is not UTF-8 text");
        }
    }

    /** YAML has no control characters; its parser would not say where one is. */
    private void refuseControlCharacters(String text) {
        int line = 1;
        int column = 1;
        for (int i = 0; i < text.length(); i++, column++) {
            char c = text.charAt(i);
            if (c == '\n') {
                line++;
                column = 0;
            } else if (Character.isISOControl(c) && c != '\t' && c != '\r' && c != 0x85) {
                throw new BadInputException(
                        new Where(name, line, column), "control character " + (int) c + " is not allowed");
            }
        }
    }

    private Tree compose(String text) {
        refuseControlCharacters(text);
        LoadSettings settings = LoadSettings.builder()
                .setLabel(name)
                .setCodePointLimit(MAX_BYTES)
                .setMaxAliasesForCollections(Integer.MAX_VALUE)
                .setAllowNonScalarKeys(true)
                .setUseMarks(true)
                .build();
        try {
            Iterator<Node> documents =
                    new Compose(settings).composeAllFromString(text).iterator();
            if (!documents.hasNext()) {
                throw new BadInputException(new Where(name, 1, 1), "is empty, keys and values are expected");
            }
            Node first = documents.next();
            if (documents.hasNext()) {
                throw new BadInputException(
                        at(documents.next().getStartMark()), "a second document begins, one is allowed");
            }
            return convert(first, 0);
        } catch (StackOverflowError e) {
            throw new BadInputException(new Where(name, 1, 1), "too large: more than " + MAX_DEPTH + " levels");
        } catch (MarkedYamlEngineException e) {
            Where where = at(e.getProblemMark().or(e::getContextMark));
            throw new BadInputException(where, "not valid YAML: " + e.getProblem());
        } catch (YamlEngineException e) {
            throw new BadInputException(new Where(name, 1, 1), "not valid YAML: " + e.getMessage());
        }
    }

    private Tree convert(Node node, int depth) {
        Where at = at(node.getStartMark());
        if (++nodes > MAX_NODES || depth > MAX_DEPTH) {
            throw new BadInputException(
                    at,
                    "too large: more than " + MAX_NODES + " values or " + MAX_DEPTH
                            + " levels after its aliases are expanded");
        }
        if (node instanceof ScalarNode scalar) {
            return new Tree.Scalar(scalar.getValue(), scalar.getScalarStyle() != ScalarStyle.PLAIN, at);
        }
        if (node instanceof SequenceNode sequence) {
            List<Tree> items = new ArrayList<>();
            for (Node item : sequence.getValue()) {
                items.add(convert(item, depth + 1));
            }
            return new Tree.Sequence(items, at);
        }
        return convertMapping((MappingNode) node, at, depth);
    }

    private Tree convertMapping(MappingNode node, Where at, int depth) {
        Map<String, Tree.Entry> entries = new LinkedHashMap<>();
        for (NodeTuple tuple : node.getValue()) {
            Where keyAt = at(tuple.getKeyNode().getStartMark());
            if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
                throw new BadInputException(keyAt, "a key must be a plain word");
            }
            Tree.Entry earlier =
                    entries.put(key.getValue(), new Tree.Entry(keyAt, convert(tuple.getValueNode(), depth + 1)));
            if (earlier != null) {
                throw new BadInputException(
                        keyAt,
                        key.getValue() + " is given twice, first in line "
                                + earlier.keyAt().line());
            }
        }
        return new Tree.Mapping(entries, at);
    }

    private Where at(Optional<Mark> mark) {
        return mark.map(m -> new Where(name, m.getLine() + 1, m.getColumn() + 1))
                .orElse(new Where(name, 1, 1));
    }
}
