package io.rxsim.bench.verify.perf;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** Lines of a text of any size, one by one, as they come. A line keeps at most 64 KiB; the rest of it is read and dropped. One thread. */
public final class PerfLines {
    private static final int MAX_BYTES = 1 << 16;

    private final InputStream in;
    private final byte[] line = new byte[MAX_BYTES];
    private long number;

    /** The lines of a stream. */
    public PerfLines(InputStream in) {
        this.in = new BufferedInputStream(in, MAX_BYTES);
    }

    /** The next line without its end, or null after the last one. */
    public String next() throws IOException {
        int length = 0;
        int read = in.read();
        if (read < 0) {
            return null;
        }
        for (; read >= 0 && read != '\n'; read = in.read()) {
            if (length < MAX_BYTES) {
                line[length++] = (byte) read;
            }
        }
        number++;
        return new String(line, 0, length, StandardCharsets.ISO_8859_1);
    }

    /** The number of the line that {@link #next} gave, from 1 on. */
    public long number() {
        return number;
    }
}
