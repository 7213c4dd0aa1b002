package io.rxsim.workload.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.rxsim.core.packet.Packet;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CaptureFileTest {
    private static final InputStream NO_INPUT = InputStream.nullInputStream();

    @TempDir
    Path directory;

    @Test
    void shouldReadARegularFileAgainAndAgain() throws IOException {
        Path path = Files.write(directory.resolve("any.name"), Bytes.gzip(capture()));

        try (CaptureFile file = CaptureFile.of(path.toString(), NO_INPUT)) {
            assertThat(file.spooled()).isFalse();
            assertThat(packets(file)).isEqualTo(2);
            assertThat(packets(file)).isEqualTo(2);
        }
        assertThat(path).exists();
    }

    @Test
    void shouldReadStandardInputAgainAndAgainAndDeleteTheCopy() throws IOException {
        CaptureFile file = CaptureFile.of("-", Bytes.pipe(capture(), 5));

        assertThat(file.spooled()).isTrue();
        assertThat(file.name()).isEqualTo("standard input");
        assertThat(packets(file)).isEqualTo(2);
        assertThat(packets(file)).isEqualTo(2);
        file.close();

        assertThat(file.file()).doesNotExist();
    }

    @Test
    @Timeout(30)
    void shouldReadANamedPipeAgainAndAgain() throws Exception {
        Path pipe = directory.resolve("pipe");
        assumeThat(madeFifo(pipe)).as("mkfifo is there").isTrue();
        CompletableFuture<Void> writer = CompletableFuture.runAsync(() -> {
            try {
                Files.write(pipe, capture());
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        });

        try (CaptureFile file = CaptureFile.of(pipe.toString(), NO_INPUT)) {
            writer.get(20, TimeUnit.SECONDS);
            assertThat(packets(file)).isEqualTo(2);
            assertThat(packets(file)).isEqualTo(2);
        }
    }

    @Test
    void shouldRefuseAnEndlessInputThatIsNoCaptureWithoutCopyingIt() {
        InputStream zeros = new InputStream() {
            private int count;

            @Override
            public int read() {
                return 0;
            }

            @Override
            public int read(byte[] target, int offset, int length) {
                count += length;
                if (count > 4) {
                    throw new AssertionError("read on");
                }
                return length;
            }
        };

        assertThatThrownBy(() -> CaptureFile.of("-", zeros))
                .isInstanceOf(CaptureException.class)
                .hasMessage("standard input:offset 0: not a capture, first bytes 00 00 00 00, allowed: pcap, pcapng,"
                        + " and gzip of these");
    }

    @Test
    void shouldNameAMissingFileAndADirectory() {
        Path missing = directory.resolve("missing.pcap");

        assertThatThrownBy(() -> CaptureFile.of(missing.toString(), NO_INPUT))
                .isInstanceOf(CaptureException.class)
                .hasMessage(missing + ": no such file, a pcap or pcapng file is needed");
        assertThatThrownBy(() -> CaptureReader.open(directory))
                .isInstanceOf(CaptureException.class)
                .hasMessage(directory + ": is a directory, a pcap or pcapng file is needed");
        assertThatThrownBy(() -> CaptureFile.of("a\0b", NO_INPUT))
                .isInstanceOf(CaptureException.class)
                .hasMessageStartingWith("a?b: is no file name");
    }

    @Test
    void shouldNameAnUnreadableFile() throws IOException {
        Path secret = Files.write(directory.resolve("secret.pcap"), capture());
        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("---------"));
        assumeThat(Files.isReadable(secret)).as("this user may read everything").isFalse();

        assertThatThrownBy(() -> CaptureFile.of(secret.toString(), NO_INPUT))
                .isInstanceOf(CaptureException.class)
                .hasMessage(secret + ": permission denied, a readable file is needed");
    }

    @Test
    void shouldKeepTheMessageOnOneLineWhateverTheName() throws IOException {
        Path path = Files.write(directory.resolve("two\nlines"), new byte[0]);

        assertThatThrownBy(() -> CaptureReader.open(path))
                .hasMessage(directory + "/two?lines:offset 0: empty, allowed: pcap, pcapng, and gzip of these");
    }

    @ParameterizedTest
    @CsvSource({
        "7f454c4602, 7f 45 4c 46, ''",
        "0a, 0a, ''",
        "28b52ffd00, 28 b5 2f fd, ; this is zstd: zstd -dc FILE | rx replay -",
        "fd377a585a, fd 37 7a 58, ; this is xz: xz -dc FILE | rx replay -",
        "425a683931, 42 5a 68 39, ; this is bzip2: bzip2 -dc FILE | rx replay -",
        "04224d1864, 04 22 4d 18, ; this is lz4: lz4 -dc FILE | rx replay -"
    })
    void shouldShowTheFirstBytesOfWhatIsNoCapture(String hex, String shown, String hint) {
        byte[] bytes = new byte[hex.length() / 2];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) Integer.parseInt(hex.substring(2 * i, 2 * i + 2), 16);
        }

        assertThatThrownBy(() -> CaptureReader.open(new ByteArrayInputStream(bytes), "x"))
                .isInstanceOf(CaptureException.class)
                .hasMessage("x:offset 0: not a capture, first bytes " + shown
                        + ", allowed: pcap, pcapng, and gzip of these" + hint);
    }

    @Test
    void shouldTellWhereAPacketLies() throws IOException {
        Packet packet = new Packet();
        try (CaptureReader reader = CaptureReader.open(new ByteArrayInputStream(capture()), "x")) {
            reader.next(packet);
            assertThat(reader.byteOffset()).isEqualTo(24);
            reader.next(packet);
            assertThat(reader.byteOffset()).isEqualTo(54);
            assertThat(reader.next(packet)).isFalse();
            assertThat(reader.byteOffset()).isEqualTo(capture().length);
            assertThat(reader.next(packet)).isFalse();
        }
    }

    private static boolean madeFifo(Path pipe) throws InterruptedException {
        try {
            return new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    private static long packets(CaptureFile file) throws IOException {
        Packet packet = new Packet();
        try (CaptureReader reader = file.open()) {
            while (reader.next(packet)) {
                assertThat(packet.capturedLength()).isEqualTo(14);
            }
            return reader.packetsRead();
        }
    }

    private static byte[] capture() {
        return new Bytes(ByteOrder.LITTLE_ENDIAN)
                .pcapHeader(0xa1b2c3d4L, 1)
                .pcapRecord(1, 5, Bytes.data(14, 1), 60)
                .pcapRecord(1, 6, Bytes.data(14, 1), 60)
                .array();
    }
}
