package io.rxsim.bench.ports;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Files of procfs that give all they have to the first read, and nothing to a second one: sysctls. Stateless; any thread. */
public final class ProcFile {
    /** More than the longest list of reserved ports: 32768 numbers of up to five digits, and commas. */
    private static final int LONGEST = 1 << 18;

    private ProcFile() {}

    /** What one read gives. */
    public static String read(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            ByteBuffer bytes = ByteBuffer.allocate(LONGEST);
            final int length = Math.max(0, channel.read(bytes));
            return new String(bytes.array(), 0, length, StandardCharsets.ISO_8859_1);
        }
    }
}
