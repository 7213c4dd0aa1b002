package io.rxsim.workload.capture;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * A capture that can be read again from its start, once per variant of a run. A regular file is opened anew; what can be read
 * only once (standard input, a FIFO, a device) is first copied to a temporary file, compressed as it comes, which is deleted
 * on {@link #close} and when the JVM ends. One thread.
 */
public final class CaptureFile implements AutoCloseable {
    /** Argument that stands for standard input. */
    public static final String STANDARD_INPUT = "-";

    private static final int COPY_BYTES = 256 * 1024;

    private final String name;
    private final Path file;
    private final boolean spooled;

    private CaptureFile(String name, Path file, boolean spooled) {
        this.name = name;
        this.file = file;
        this.spooled = spooled;
    }

    /**
     * Finds the capture that an argument of the command line names, and reads it to its end when it can be read only once.
     *
     * @param argument a path, or {@link #STANDARD_INPUT}
     * @param standardInput read for {@link #STANDARD_INPUT} and left open; not touched otherwise
     * @return the capture; what a regular file holds is checked by {@link #open}
     * @throws CaptureException when it is missing, a directory, unreadable, or an input that does not start as a capture
     */
    public static CaptureFile of(String argument, InputStream standardInput) throws CaptureException {
        if (argument.equals(STANDARD_INPUT)) {
            return spool("standard input", new FilterInputStream(standardInput) {
                @Override
                public void close() {
                    // Standard input belongs to the process.
                }
            });
        }
        Path file;
        try {
            file = Path.of(argument);
        } catch (InvalidPathException e) {
            throw CaptureException.of(argument, "is no file name: " + e.getReason(), e);
        }
        if (Files.isRegularFile(file) || Files.isDirectory(file) || !Files.exists(file)) {
            return new CaptureFile(argument, file, false).checked();
        }
        return spool(argument, CaptureReader.openFile(file, argument));
    }

    /**
     * Opens the capture at its start.
     *
     * @return a reader, to be closed by the caller
     * @throws CaptureException when it is empty, not a capture, or gone
     */
    public CaptureReader open() throws CaptureException {
        return CaptureReader.open(CaptureReader.openFile(file, name), name);
    }

    /**
     * Returns what messages call the capture.
     *
     * @return the path as given, or {@code standard input}
     */
    public String name() {
        return name;
    }

    /**
     * Tells whether the capture was copied to a temporary file.
     *
     * @return false for a regular file
     */
    public boolean spooled() {
        return spooled;
    }

    /** The file that {@link #open} reads. */
    Path file() {
        return file;
    }

    @Override
    public void close() throws IOException {
        if (spooled) {
            Files.deleteIfExists(file);
        }
    }

    /** A missing or unreadable file is reported now, not when the first variant starts. */
    private CaptureFile checked() throws CaptureException {
        try {
            CaptureReader.openFile(file, name).close();
        } catch (CaptureException e) {
            throw e;
        } catch (IOException e) {
            throw CaptureException.of(name, "cannot be closed: " + e.getMessage(), e);
        }
        return this;
    }

    private static CaptureFile spool(String name, InputStream in) throws CaptureException {
        Path copy = null;
        try (InputStream input = in) {
            byte[] buffer = new byte[COPY_BYTES];
            int read = input.readNBytes(buffer, 0, Magic.BYTES);
            // An endless device, or the wrong pipe, must not fill the disk.
            Magic.check(buffer, read, name);
            copy = Files.createTempFile("rxsim-", ".capture");
            copy.toFile().deleteOnExit();
            try (var out = Files.newOutputStream(copy)) {
                while (read > 0) {
                    out.write(buffer, 0, read);
                    read = input.read(buffer);
                }
            }
            return new CaptureFile(name, copy, true);
        } catch (CaptureException e) {
            throw e;
        } catch (IOException e) {
            if (copy != null) {
                copy.toFile().delete();
            }
            throw CaptureException.of(name, "cannot be copied to a temporary file: " + e.getMessage(), e);
        }
    }
}
