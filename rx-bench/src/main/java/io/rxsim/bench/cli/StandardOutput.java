package io.rxsim.bench.cli;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Standard output, buffered, that remembers why writing failed: a reader that went away is no error, a full disk is. */
final class StandardOutput extends OutputStream {
    private final OutputStream target;
    private IOException failure;

    StandardOutput(OutputStream target) {
        this.target = new BufferedOutputStream(target, 1 << 16);
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        try {
            target.write(bytes, offset, length);
        } catch (IOException e) {
            throw remembered(e);
        }
    }

    @Override
    public void flush() throws IOException {
        try {
            target.flush();
        } catch (IOException e) {
            throw remembered(e);
        }
    }

    private IOException remembered(IOException e) {
        if (failure == null) {
            failure = e;
        }
        return e;
    }

    /** The first failure in words, or null. */
    String failure() {
        return failure == null ? null : String.valueOf(failure.getMessage());
    }

    /** Whether the reader of a pipe went away. */
    boolean brokenPipe() {
        return failure != null && String.valueOf(failure.getMessage()).contains("Broken pipe");
    }
}
