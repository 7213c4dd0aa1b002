package io.rxsim.bench.verify;

import io.rxsim.bench.scenario.BadInputException;
import io.rxsim.core.cpu.CpuMask;
import io.rxsim.core.cpu.CpuMaskException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** One data row of a recording, seen through the columns that its check declared. Reused from row to row; one thread. */
final class RecordedRow {
    private static final Pattern NUMBER = Pattern.compile("-?[0-9]{1,10}");
    private static final Pattern HASH = Pattern.compile("[0-9a-f]{1,8}");

    private final Path file;
    private final Map<String, Integer> fields = new TreeMap<>();
    private final int width;
    private List<String> values = List.of();
    private long number;
    private int line;

    /**
     * Rows of a file.
     *
     * @param header the file's columns
     * @param columns those to be read; one that is missing is bad input
     */
    RecordedRow(Path file, List<String> header, List<String> columns) {
        this.file = file;
        this.width = header.size();
        for (String column : columns) {
            int field = header.indexOf(column);
            if (field < 0) {
                throw new BadInputException(
                        file + ":1: column " + column + " is missing, needed are " + String.join(", ", columns));
            }
            fields.put(column, field);
        }
    }

    /** Moves to the next row. */
    void set(List<String> newValues, int newLine) {
        values = newValues;
        line = newLine;
        number++;
        if (newValues.size() != width) {
            throw bad(newValues.size() + " fields, the header has " + width);
        }
    }

    /** Number of the data row, from 1. */
    long number() {
        return number;
    }

    /** Line of the file, from 1. */
    int line() {
        return line;
    }

    /** The text of a declared column. */
    String text(String column) {
        Integer field = fields.get(column);
        if (field == null) {
            throw new IllegalStateException("column=" + column + " is not declared by the check");
        }
        return values.get(field);
    }

    /** Whether a column is blank. */
    boolean isBlank(String column) {
        return text(column).isBlank();
    }

    /** A number from {@code min} to {@code max}. */
    int number(String column, int min, int max) {
        String text = text(column);
        long value = NUMBER.matcher(text).matches() ? Long.parseLong(text) : Long.MIN_VALUE;
        if (value < min || value > max) {
            throw bad(column + "=" + text + ", allowed is " + min + " to " + max);
        }
        return (int) value;
    }

    /** A CPU of the recorded machine. */
    int cpu(String column) {
        return number(column, 0, RecordedMachine.CPUS - 1);
    }

    /** A flag. */
    boolean flag(String column) {
        return number(column, 0, 1) == 1;
    }

    /** A flow hash of up to eight hex digits. */
    int hash(String column) {
        String text = text(column);
        if (!HASH.matcher(text).matches()) {
            throw bad(column + "=" + text + ", allowed is a hash of up to eight hex digits");
        }
        return Integer.parseUnsignedInt(text, 16);
    }

    /** A table size: 0 or a power of two. */
    int tableSize(String column) {
        int size = number(column, 0, 1 << 29);
        if (Integer.bitCount(size) > 1) {
            throw bad(column + "=" + size + ", allowed is 0 or a power of two");
        }
        return size;
    }

    /** A mask of the recorded machine's CPUs. */
    CpuMask mask(String column, String text) {
        try {
            return CpuMask.parse(text, RecordedMachine.CPUS);
        } catch (CpuMaskException e) {
            throw bad(column + "=" + text + ": " + e.getMessage());
        }
    }

    /** Bad input in this row. */
    BadInputException bad(String what) {
        return new BadInputException(file + ":" + line + ": " + what);
    }
}
