package io.rxsim.bench.verify;

import io.rxsim.bench.scenario.BadInputException;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;

/** Reads comma-separated values (RFC 4180), plain or gzip'ed by the name's ending, record by record. One thread. */
final class RecordedCsv implements Closeable {
    private static final int END = -1;

    private final Path file;
    private final Reader in;
    private final List<String> header;
    private int line = 1;
    private int recordLine = 1;

    /** Opens a file and reads its header line. */
    RecordedCsv(Path file) {
        this.file = file;
        try {
            InputStream bytes = new BufferedInputStream(Files.newInputStream(file));
            boolean zipped = file.getFileName().toString().endsWith(".gz");
            in = new BufferedReader(
                    new InputStreamReader(zipped ? new GZIPInputStream(bytes) : bytes, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new BadInputException(file + ": cannot be read: " + e.getMessage());
        }
        header = next();
        if (header == null) {
            throw new BadInputException(file + ":1: is empty, a header line is missing");
        }
    }

    /** The names of the columns. */
    List<String> header() {
        return header;
    }

    /** The line on which the record read last begins, from 1. */
    int recordLine() {
        return recordLine;
    }

    /** The fields of the next record, or null at the end. */
    List<String> next() {
        try {
            recordLine = line;
            int c = in.read();
            return c == END ? null : record(c);
        } catch (IOException e) {
            throw new BadInputException(file + ":" + line + ": cannot be read: " + e.getMessage());
        }
    }

    private List<String> record(int first) throws IOException {
        List<String> fields = new ArrayList<>();
        StringBuilder field = new StringBuilder();
        boolean quoted = false;
        boolean closed = false;
        for (int c = first; ; c = in.read()) {
            if (quoted) {
                if (c == END) {
                    throw new BadInputException(file + ":" + recordLine + ": a quote is not closed");
                }
                if (c == '"') {
                    quoted = false;
                    closed = true;
                } else {
                    line += c == '\n' ? 1 : 0;
                    field.append((char) c);
                }
            } else if (c == '"') {
                // a quote that reopens a field just closed stands for itself
                if (closed) {
                    field.append('"');
                }
                quoted = true;
                closed = false;
            } else if (c == ',' || c == '\n' || c == END) {
                fields.add(field.toString());
                field.setLength(0);
                closed = false;
                if (c != ',') {
                    line++;
                    return fields;
                }
            } else if (c != '\r') {
                field.append((char) c);
            }
        }
    }

    @Override
    public void close() {
        try {
            in.close();
        } catch (IOException e) {
            throw new BadInputException(file + ": cannot be closed: " + e.getMessage());
        }
    }
}
