package io.rxsim.workload.esp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.rxsim.core.packet.IpAddress;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Packets made here are decrypted by somebody else: {@code tshark}, given the keys. Skipped where there is none. */
class TsharkTest {
    private static final int LINKTYPE_RAW = 101;

    @TempDir
    private Path folder;

    /** A mode, a key length, an ICV length and an IP version of the outer header. */
    private record Kind(int spi, EspMode mode, int keyBytes, int icvBytes, int version) {
        SecurityAssociation association() {
            return EspPackets.association(spi, mode, keyBytes, icvBytes);
        }

        EspOutbound out() {
            boolean four = version == 4;
            IpAddress source = four ? EspPackets.LEFT : IpAddress.parse("2001:db8:1::1");
            IpAddress destination = four ? EspPackets.RIGHT : IpAddress.parse("2001:db8:1::2");
            return new EspOutbound(association(), source, destination);
        }

        byte[] packet(int port) {
            boolean six = mode == EspMode.TRANSPORT && version == 6;
            return six ? EspPackets.udp6(port, port % 50) : EspPackets.udp(port, port % 50);
        }

        /** A line of tshark's table of associations. */
        String option() {
            byte[] secret = new byte[keyBytes + SecurityAssociation.SALT_BYTES];
            Arrays.fill(secret, (byte) spi);
            System.arraycopy(new byte[] {1, 2, 3}, 0, secret, keyBytes, 3);
            return "uat:esp_sa:\"IPv" + version + "\",\"*\",\"*\",\"0x" + Integer.toHexString(spi)
                    + "\",\"AES-GCM with " + icvBytes + " octet ICV [RFC4106]\",\"0x"
                    + HexFormat.of().formatHex(secret) + "\",\"NULL\",\"\"";
        }
    }

    private static List<Kind> kinds() {
        List<Kind> kinds = new ArrayList<>();
        for (EspMode mode : EspMode.values()) {
            for (int keyBytes : new int[] {16, 32}) {
                for (int icvBytes : new int[] {12, 16}) {
                    for (int version : new int[] {4, 6}) {
                        kinds.add(new Kind(0x1000 + kinds.size(), mode, keyBytes, icvBytes, version));
                    }
                }
            }
        }
        return kinds;
    }

    @Test
    void shouldBeDecryptedByTshark() throws Exception {
        assumeTrue(isThere(), "tshark is not installed, so its answer cannot be asked for (.ci/run installs it)");
        List<byte[]> packets = new ArrayList<>();
        List<String> command = new ArrayList<>(List.of("tshark", "-n", "-o", "esp.enable_encryption_decode:TRUE"));
        StringBuilder expected = new StringBuilder();
        int port = 2000;
        for (Kind kind : kinds()) {
            EspOutbound out = kind.out();
            command.addAll(List.of("-o", kind.option()));
            for (int i = 0; i < 5; i++) {
                packets.add(EspPackets.sealed(out, kind.packet(++port)));
                expected.append(String.format("0x%08x\t%d\t%d\t%d\n", kind.spi(), i + 1, port, 8 + port % 50));
            }
        }
        Path file = folder.resolve("esp.pcap");
        Files.write(file, pcap(packets));
        command.addAll(List.of("-r", file.toString(), "-T", "fields"));
        for (String field : new String[] {"esp.spi", "esp.sequence", "udp.srcport", "udp.length"}) {
            command.addAll(List.of("-e", field));
        }

        assertThat(output(command)).isEqualTo(expected.toString());
    }

    private static boolean isThere() throws InterruptedException {
        try {
            return new ProcessBuilder("tshark", "--version")
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException missing) {
            return false;
        }
    }

    private String output(List<String> command) throws IOException, InterruptedException {
        Path out = folder.resolve("out.txt");
        Process process = new ProcessBuilder(command)
                .redirectOutput(out.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return Files.readString(out);
    }

    private static byte[] pcap(List<byte[]> packets) {
        int bytes = 24 + packets.stream().mapToInt(packet -> 16 + packet.length).sum();
        ByteBuffer file = ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
        file.putInt(0xa1b2c3d4)
                .putShort((short) 2)
                .putShort((short) 4)
                .putInt(0)
                .putInt(0)
                .putInt(65_535);
        file.putInt(LINKTYPE_RAW);
        for (byte[] packet : packets) {
            file.putInt(1).putInt(0).putInt(packet.length).putInt(packet.length).put(packet);
        }
        return file.array();
    }
}
