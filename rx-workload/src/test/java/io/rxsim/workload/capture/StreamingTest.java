package io.rxsim.workload.capture;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.rxsim.core.packet.Packet;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.lang.management.ManagementFactory;
import java.nio.ByteOrder;
import java.util.Collections;
import java.util.function.LongFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A reader needs the same memory for a long capture as for a short one. */
class StreamingTest {
    private static final int PACKETS = 1000;
    private static final int PCAP_HEADER = 24;
    private static final int PCAPNG_HEADER = 60;

    @Test
    void shouldReadManyTimesItsMemoryFromAPipe() throws IOException {
        byte[] whole = pcap(1000);
        long repetitions = 200;
        long before = allocatedBytes();

        long packets = count(new EndlessCapture(whole, PCAP_HEADER, repetitions));

        assertThat(packets).isEqualTo(repetitions * PACKETS);
        assertThat(whole.length * repetitions).isGreaterThan(200_000_000);
        assertThat(allocatedBytes() - before).isLessThan(4_000_000);
    }

    static Stream<Named<LongFunction<InputStream>>> streams() throws IOException {
        byte[] pcap = pcap(60);
        byte[] pcapng = pcapng(60);
        byte[] gzip = Bytes.gzip(java.util.Arrays.copyOfRange(pcap, PCAP_HEADER, pcap.length));
        byte[] gzipHeader = Bytes.gzip(java.util.Arrays.copyOf(pcap, PCAP_HEADER));
        return Stream.of(
                Named.of("pcap", repetitions -> new EndlessCapture(pcap, PCAP_HEADER, repetitions)),
                Named.of("pcapng", repetitions -> new EndlessCapture(pcapng, PCAPNG_HEADER, repetitions)),
                Named.of("gzip", repetitions -> members(gzipHeader, gzip, repetitions)));
    }

    @ParameterizedTest
    @MethodSource("streams")
    void shouldAllocateNothingPerPacket(LongFunction<InputStream> stream) throws IOException {
        count(stream.apply(1000));
        long atStart = allocatedBytes();
        count(stream.apply(500));
        long afterShort = allocatedBytes();
        count(stream.apply(1000));
        long afterLong = allocatedBytes();

        long morePackets = 500L * PACKETS;
        long moreBytes = (afterLong - afterShort) - (afterShort - atStart);
        assertThat(moreBytes)
                .as("bytes allocated for %d more packets", morePackets)
                .isLessThan(morePackets / 2);
    }

    private static long count(InputStream in) throws IOException {
        Packet packet = new Packet();
        try (CaptureReader reader = CaptureReader.open(in, "stream")) {
            while (reader.next(packet)) {
                assertThatIsWhole(packet);
            }
            assertThat(reader.cut()).isFalse();
            return reader.packetsRead();
        }
    }

    private static void assertThatIsWhole(Packet packet) {
        if (packet.data()[packet.offset()] != packet.data()[packet.offset() + packet.capturedLength() - 1]) {
            throw new AssertionError("first and last byte differ");
        }
    }

    private static byte[] data(int length, int first) {
        byte[] data = Bytes.data(length, first);
        data[length - 1] = data[0];
        return data;
    }

    private static byte[] pcap(int length) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (PcapWriter writer = new PcapWriter(out, 1, ByteOrder.LITTLE_ENDIAN)) {
            for (int i = 0; i < PACKETS; i++) {
                writer.write(1_000_000, data(length, i), 0, length, length);
            }
        }
        return out.toByteArray();
    }

    private static byte[] pcapng(int length) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (PcapngWriter writer = new PcapngWriter(out, 1, ByteOrder.BIG_ENDIAN)) {
            for (int i = 0; i < PACKETS; i++) {
                writer.write(1_000_000, data(length, i), 0, length, length);
            }
        }
        return out.toByteArray();
    }

    private static InputStream members(byte[] header, byte[] member, long repetitions) {
        return new SequenceInputStream(Collections.enumeration(
                java.util.List.of(new ByteArrayInputStream(header), new EndlessCapture(member, 0, repetitions))));
    }

    private static long allocatedBytes() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        return threads.getThreadAllocatedBytes(Thread.currentThread().getId());
    }
}
