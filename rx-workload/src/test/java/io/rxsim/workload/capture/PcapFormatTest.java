package io.rxsim.workload.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rxsim.core.packet.LinkType;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PcapFormatTest {
    private static final long MICROS = 0xa1b2c3d4L;
    private static final long NANOS = 0xa1b23c4dL;

    static Stream<ByteOrder> orders() {
        return Stream.of(ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN);
    }

    @ParameterizedTest
    @MethodSource("orders")
    void shouldReadMicroseconds(ByteOrder order) throws IOException {
        Bytes file = new Bytes(order)
                .pcapHeader(MICROS, 1)
                .pcapRecord(3, 4, Bytes.data(60, 1), 1500)
                .pcapRecord(0xffff_ffffL, 999_999, Bytes.data(0, 2), 14);

        Captured captured = Captured.read(file.array());

        assertThat(captured.times).containsExactly(3_000_004_000L, 4_294_967_295_999_999_000L);
        assertThat(captured.wireLengths).containsExactly(1500, 14);
        assertThat(captured.data).containsExactly(Bytes.data(60, 1), Bytes.data(0, 2));
        assertThat(captured.linkTypes).containsExactly(LinkType.ETHERNET, LinkType.ETHERNET);
        assertThat(captured.cut).isFalse();
    }

    @ParameterizedTest
    @MethodSource("orders")
    void shouldReadNanoseconds(ByteOrder order) throws IOException {
        Bytes file = new Bytes(order).pcapHeader(NANOS, 113).pcapRecord(3, 4, Bytes.data(61, 1), 61);

        Captured captured = Captured.read(file.array());

        assertThat(captured.times).containsExactly(3_000_000_004L);
        assertThat(captured.linkTypes).containsExactly(LinkType.LINUX_SLL);
    }

    @ParameterizedTest
    @MethodSource("orders")
    void shouldReadWhatTheWriterWrote(ByteOrder order) throws IOException {
        java.io.ByteArrayOutputStream out = new java.io.ByteArrayOutputStream();
        try (PcapWriter writer = new PcapWriter(out, 101, order)) {
            for (int i = 0; i < 2000; i++) {
                writer.write(1_800_000_000_000_000_000L + i, Bytes.data(1000, i), i % 7, 900 + i % 3, 1500);
            }
        }

        Captured captured = Captured.read(out.toByteArray());

        assertThat(captured.data).hasSize(2000);
        for (int i = 0; i < 2000; i++) {
            assertThat(captured.data.get(i)).isEqualTo(Bytes.data(900 + i % 3, i + i % 7));
            assertThat(captured.times.get(i)).isEqualTo(1_800_000_000_000_000_000L + i);
        }
        assertThat(captured.linkTypes).containsOnly(LinkType.RAW_IP);
    }

    @Test
    void shouldIgnoreTheFrameCheckSequenceBitsOfTheLinkType() throws IOException {
        Bytes file = new Bytes(ByteOrder.LITTLE_ENDIAN).pcapHeader(MICROS, 0x5400_0001);

        assertThat(Captured.read(file.pcapRecord(1, 0, Bytes.data(64, 0), 64).array()).linkTypes)
                .containsExactly(LinkType.ETHERNET);
    }

    @Test
    void shouldTolerateACapturedLengthBeyondTheSnapLength() throws IOException {
        Bytes file = new Bytes(ByteOrder.LITTLE_ENDIAN)
                .u32(MICROS)
                .u16(2)
                .u16(4)
                .u32(0)
                .u32(0)
                .u32(64)
                .u32(1)
                .pcapRecord(1, 0, Bytes.data(2000, 0), 2000);

        assertThat(Captured.read(file.array()).data).containsExactly(Bytes.data(2000, 0));
    }

    @Test
    void shouldTakeTheCapturedLengthWhenTheOriginalOneIsShorter() throws IOException {
        Bytes file = new Bytes(ByteOrder.LITTLE_ENDIAN).pcapHeader(MICROS, 1);

        assertThat(Captured.read(file.pcapRecord(1, 0, Bytes.data(64, 0), 0).array()).wireLengths)
                .containsExactly(64);
    }

    @Test
    void shouldNeverLetTimeRunBackwards() throws IOException {
        Bytes file = new Bytes(ByteOrder.LITTLE_ENDIAN).pcapHeader(MICROS, 1);
        for (int micros : new int[] {10, 30, 5, 7, 31, 29}) {
            file.pcapRecord(0, micros, Bytes.data(14, 0), 14);
        }

        Captured captured = Captured.read(file.array());

        assertThat(captured.times).containsExactly(10_000L, 30_000L, 30_000L, 30_000L, 31_000L, 31_000L);
        assertThat(captured.outOfOrder).isEqualTo(2);
        assertThat(captured.longestBackstepNs).isEqualTo(25_000);
    }

    @Test
    void shouldCarryAFractionOfMoreThanASecond() throws IOException {
        Bytes file = new Bytes(ByteOrder.LITTLE_ENDIAN).pcapHeader(MICROS, 1);

        assertThat(Captured.read(file.pcapRecord(1, 1_000_000, Bytes.data(14, 0), 14)
                                .array())
                        .times)
                .containsExactly(2_000_000_000L);
    }

    @Test
    void shouldAcceptTheLongestPacketAndRefuseOneByteMore() throws IOException {
        Bytes longest = new Bytes(ByteOrder.LITTLE_ENDIAN).pcapHeader(MICROS, 1);
        longest.pcapRecord(1, 0, Bytes.data(262_144, 0), 262_144);
        Bytes longer = new Bytes(ByteOrder.LITTLE_ENDIAN).pcapHeader(MICROS, 1);
        longer.pcapRecord(1, 0, Bytes.data(262_145, 0), 262_145);

        assertThat(Captured.read(longest.array()).data.get(0)).hasSize(262_144);
        assertThatThrownBy(() -> Captured.read(longer.array()))
                .isInstanceOf(CaptureException.class)
                .hasMessage("test.pcap:offset 24: captured length 262145, allowed up to 262144");
    }

    @Test
    void shouldRefuseAnAbsurdOriginalLength() {
        Bytes file = new Bytes(ByteOrder.BIG_ENDIAN).pcapHeader(MICROS, 1);
        file.u32(1).u32(0).u32(4).u32(0xffff_fff0L).u32(0);

        assertThatThrownBy(() -> Captured.read(file.array()))
                .isInstanceOf(CaptureException.class)
                .hasMessage("test.pcap:offset 24: original length 4294967280, allowed up to 1048576");
    }

    @ParameterizedTest
    @MethodSource("orders")
    void shouldNameTheSecondFileHeaderOfConcatenatedCaptures(ByteOrder order) {
        Bytes file = new Bytes(order).pcapHeader(NANOS, 1).pcapRecord(1, 0, Bytes.data(60, 0), 60);
        file.pcapHeader(NANOS, 1).pcapRecord(1, 0, Bytes.data(60, 0), 60);

        assertThatThrownBy(() -> Captured.read(file.array()))
                .isInstanceOf(CaptureException.class)
                .hasMessageStartingWith("test.pcap:offset 100: a second pcap file header, allowed one per file");
    }

    @ParameterizedTest
    @MethodSource("orders")
    void shouldRefuseTheModifiedFormat(ByteOrder order) {
        assertThatThrownBy(() -> Captured.read(
                        new Bytes(order).pcapHeader(0xa1b2cd34L, 1).array()))
                .isInstanceOf(CaptureException.class)
                .hasMessageStartingWith("test.pcap:offset 0: modified pcap (magic a1b2cd34)");
    }

    @ParameterizedTest
    @MethodSource("orders")
    void shouldRefuseAnotherVersion(ByteOrder order) {
        Bytes file =
                new Bytes(order).u32(MICROS).u16(2).u16(3).u32(0).u32(0).u32(0).u32(1);

        assertThatThrownBy(() -> Captured.read(file.array()))
                .isInstanceOf(CaptureException.class)
                .hasMessage("test.pcap:offset 4: pcap version 2.3, allowed 2.4");
    }

    @Test
    void shouldNameAnUnsupportedLinkTypeAndTheSupportedOnes() {
        assertThatThrownBy(() -> Captured.read(new Bytes(ByteOrder.LITTLE_ENDIAN)
                        .pcapHeader(MICROS, 105)
                        .array()))
                .isInstanceOf(CaptureException.class)
                .hasMessageStartingWith("test.pcap:offset 20: link type=105 is not supported, allowed: 1")
                .hasMessageContaining("113")
                .hasMessageContaining("101");
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 23})
    void shouldRefuseACutFileHeader(int length) {
        byte[] header = new Bytes(ByteOrder.LITTLE_ENDIAN).pcapHeader(MICROS, 1).array();

        assertThatThrownBy(() -> Captured.read(java.util.Arrays.copyOf(header, length)))
                .isInstanceOf(CaptureException.class)
                .hasMessage("test.pcap:offset 0: cut after " + length + " bytes of the 24-byte pcap file header");
    }
}
