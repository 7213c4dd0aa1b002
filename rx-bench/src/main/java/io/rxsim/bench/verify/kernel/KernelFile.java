package io.rxsim.bench.verify.kernel;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A setting of the kernel in proc, sysfs or tracefs: one write of one text, one read. */
final class KernelFile {
    private static final int MAX_BYTES = 1 << 16;

    private KernelFile() {}

    /** The text of a file without its last newline. One read takes it all: a sysctl gives nothing from its second byte on. */
    static String read(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return new String(in.readNBytes(MAX_BYTES), StandardCharsets.ISO_8859_1).stripTrailing();
        } catch (IOException e) {
            throw new VerificationException(file + " cannot be read", e);
        }
    }

    /** Writes a text in one go, without creating or emptying the file. */
    static void write(Path file, String text) {
        try (OutputStream out = Files.newOutputStream(file, StandardOpenOption.WRITE)) {
            out.write((text + "\n").getBytes(StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            throw new VerificationException("\"" + text + "\" cannot be written to " + file, e);
        }
    }

    /** Opens a file for writing with truncation, which is what empties a trace buffer. */
    static void empty(Path file) {
        try {
            Files.newOutputStream(file, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)
                    .close();
        } catch (IOException e) {
            throw new VerificationException(file + " cannot be emptied", e);
        }
    }
}
