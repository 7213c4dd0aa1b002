package io.rxsim.workload.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.rxsim.core.packet.Packet;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Damaged captures end in packets that lie within their array, or in one line; nothing else. */
class MutationTest {
    private static final int MUTANTS = 100_000;
    private static final long SEED = 20_261_120;
    private static final Pattern ONE_LINE = Pattern.compile("fuzz:offset \\d+: [^\\n]+");
    private static final int[] TELLING_BYTES = {0, 1, 2, 3, 4, 6, 0x0a, 0x0d, 0x1f, 0x7f, 0x80, 0x8b, 0xff};

    @Test
    void shouldAnswerEveryDamagedCaptureWithPacketsOrOneLine() throws IOException {
        List<byte[]> originals = originals();
        int accepted = 0;
        for (int i = 0; i < MUTANTS; i++) {
            SplittableRandom random = new SplittableRandom(SEED + i);
            byte[] mutant = mutate(originals.get(i % originals.size()), random);
            try {
                accepted += readAll(mutant) ? 1 : 0;
            } catch (CaptureException e) {
                if (!ONE_LINE.matcher(e.getMessage()).matches()) {
                    throw new AssertionError("seed " + (SEED + i) + ": " + e.getMessage(), e);
                }
            } catch (RuntimeException | OutOfMemoryError e) {
                throw new AssertionError("seed " + (SEED + i) + ": " + e, e);
            }
        }
        assertThat(accepted).as("mutants that are still captures").isBetween(MUTANTS / 20, MUTANTS * 19 / 20);
    }

    private static boolean readAll(byte[] file) throws IOException {
        Packet packet = new Packet();
        long time = 0;
        try (CaptureReader reader = CaptureReader.open(new ByteArrayInputStream(file), "fuzz")) {
            while (reader.next(packet)) {
                if (packet.wireLength() < packet.capturedLength() || packet.timeNs() < time) {
                    throw new IllegalStateException("length " + packet.wireLength() + ", time " + packet.timeNs());
                }
                time = packet.timeNs();
            }
            return reader.packetsRead() > 0;
        }
    }

    private static byte[] mutate(byte[] original, SplittableRandom random) {
        byte[] mutant = original.clone();
        for (int i = random.nextInt(1, 5); i > 0; i--) {
            int at = random.nextInt(mutant.length);
            switch (random.nextInt(4)) {
                case 0 -> mutant[at] ^= (byte) (1 << random.nextInt(8));
                case 1 -> mutant[at] = (byte) TELLING_BYTES[random.nextInt(TELLING_BYTES.length)];
                case 2 -> {
                    int word = at & ~3;
                    Arrays.fill(mutant, word, Math.min(word + 4, mutant.length), (byte) random.nextInt(-1, 1));
                }
                default -> {
                    int length = random.nextInt(Math.min(24, mutant.length - at) + 1);
                    System.arraycopy(mutant, random.nextInt(mutant.length - length + 1), mutant, at, length);
                }
            }
        }
        return random.nextInt(8) == 0 ? Arrays.copyOf(mutant, random.nextInt(mutant.length + 1)) : mutant;
    }

    private static List<byte[]> originals() {
        byte[] pcap = pcap(ByteOrder.BIG_ENDIAN);
        byte[] pcapng = pcapng(ByteOrder.BIG_ENDIAN);
        return List.of(
                pcap(ByteOrder.LITTLE_ENDIAN),
                pcap,
                pcapng(ByteOrder.LITTLE_ENDIAN),
                pcapng,
                Bytes.gzip(Arrays.copyOf(pcapng, 50), Arrays.copyOfRange(pcapng, 50, pcapng.length)));
    }

    private static byte[] pcap(ByteOrder order) {
        return new Bytes(order)
                .pcapHeader(0xa1b23c4dL, 1)
                .pcapRecord(1, 5, Bytes.data(14, 1), 60)
                .pcapRecord(1, 4, Bytes.data(3, 1), 60)
                .array();
    }

    private static byte[] pcapng(ByteOrder order) {
        byte[] options = new Bytes(order)
                .u16(9)
                .u16(1)
                .raw(new byte[] {9, 0, 0, 0})
                .u16(14)
                .u16(8)
                .u64(7)
                .u32(0)
                .array();
        return new Bytes(order)
                .section()
                .interfaceDescription(1, 10, options)
                .enhancedPacket(0, 1, Bytes.data(14, 1), 60)
                .block(4, new byte[8])
                .simplePacket(Bytes.data(9, 1), 9)
                .obsoletePacket(0, 2, Bytes.data(9, 1), 60)
                .array();
    }
}
