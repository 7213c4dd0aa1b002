package io.rxsim.workload.esp;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * Reads security associations from CSV: a header line with the columns {@code spi,mode,algorithm,key_hex,salt_hex} in any order,
 * then a line per association; empty lines and lines that begin with # are skipped. An error is one line,
 * {@code FILE:LINE: what is wrong, what is allowed}, which repeats neither key nor salt. Stateless.
 */
public final class SaFile {
    /** The columns. */
    public static final List<String> COLUMNS = List.of("spi", "mode", "algorithm", "key_hex", "salt_hex");

    private static final long MAX_BYTES = 256L << 20;

    private SaFile() {}

    /**
     * Reads a file.
     *
     * @param name stands for the file in messages
     * @throws IllegalArgumentException if it cannot be read, or a line is wrong
     */
    public static SecurityAssociations read(Path file, String name) {
        try {
            if (Files.isDirectory(file)) {
                throw new IllegalArgumentException(name + ": is a directory, a CSV file is needed");
            }
            if (Files.size(file) > MAX_BYTES) {
                throw new IllegalArgumentException(
                        name + ": has " + Files.size(file) + " bytes, allowed is up to " + MAX_BYTES);
            }
            return parse(name, Files.readAllLines(file, StandardCharsets.UTF_8));
        } catch (NoSuchFileException e) {
            throw new IllegalArgumentException(
                    name + ": no such file, a CSV file of security associations is needed", e);
        } catch (MalformedInputException e) {
            throw new IllegalArgumentException(name + ": is not UTF-8 text, a CSV file is needed", e);
        } catch (java.nio.file.AccessDeniedException e) {
            throw new IllegalArgumentException(name + ": permission denied, a readable file is needed", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static SecurityAssociations parse(String name, List<String> lines) {
        List<String> header = null;
        List<SecurityAssociation> associations = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            List<String> fields = fields(line);
            String at = name + ":" + (i + 1) + ": ";
            try {
                if (header == null) {
                    header = header(fields);
                } else {
                    associations.add(association(header, fields));
                }
            } catch (IllegalArgumentException e) {
                // The message is ours and holds no secret; the cause, which may quote the text it refused, is left
                // behind.
                throw new IllegalArgumentException(at + e.getMessage());
            }
        }
        try {
            return new SecurityAssociations(associations);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(name + ": " + e.getMessage(), e);
        }
    }

    private static List<String> fields(String line) {
        return Arrays.stream(line.split(",", -1)).map(String::strip).toList();
    }

    private static List<String> header(List<String> fields) {
        if (fields.size() != COLUMNS.size() || !fields.containsAll(COLUMNS)) {
            throw new IllegalArgumentException(
                    "this is no header line, allowed are the columns " + String.join(",", COLUMNS));
        }
        return fields;
    }

    private static SecurityAssociation association(List<String> header, List<String> fields) {
        if (fields.size() != header.size()) {
            throw new IllegalArgumentException(fields.size() + " fields, allowed are " + header.size());
        }
        EspMode mode = EspMode.parse(field(header, fields, "mode"));
        EspAlgorithm algorithm = EspAlgorithm.parse(field(header, fields, "algorithm"));
        byte[] key = hex("key_hex", field(header, fields, "key_hex"));
        byte[] salt = hex("salt_hex", field(header, fields, "salt_hex"));
        return new SecurityAssociation(spi(field(header, fields, "spi")), mode, algorithm, key, salt);
    }

    private static String field(List<String> header, List<String> fields, String column) {
        return fields.get(header.indexOf(column));
    }

    private static int spi(String text) {
        boolean hex = text.matches("0[xX][0-9a-fA-F]{1,8}");
        if (!hex && !text.matches("[0-9]{1,10}")) {
            throw new IllegalArgumentException(
                    "spi=" + text + ", allowed is 0x1 to 0xffffffff, or the same in decimal");
        }
        long value = hex ? Long.parseLong(text.substring(2), 16) : Long.parseLong(text);
        if (value < 1 || value > 0xffffffffL) {
            throw new IllegalArgumentException(
                    "spi=" + text + ", allowed is 0x1 to 0xffffffff, or the same in decimal");
        }
        return (int) value;
    }

    private static byte[] hex(String column, String text) {
        if (!text.matches("([0-9a-fA-F]{2})+")) {
            throw new IllegalArgumentException(column + " has " + text.length()
                    + " characters that are not pairs of hex digits, allowed are those");
        }
        return HexFormat.of().parseHex(text);
    }
}
