package io.rxsim.workload.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rxsim.core.packet.LinkType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class PcapngFormatTest {
    private static final ByteOrder LITTLE = ByteOrder.LITTLE_ENDIAN;

    static Stream<ByteOrder> orders() {
        return Stream.of(ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN);
    }

    @ParameterizedTest
    @MethodSource("orders")
    void shouldReadEnhancedObsoleteAndSimplePackets(ByteOrder order) throws IOException {
        Bytes file = new Bytes(order)
                .section()
                .interfaceDescription(1, 0)
                .enhancedPacket(0, 5_000_001, Bytes.data(61, 1), 1500)
                .obsoletePacket(0, 5_000_002, Bytes.data(62, 2), 1501)
                .simplePacket(Bytes.data(63, 3), 63);

        Captured captured = Captured.read(file.array());

        assertThat(captured.data).containsExactly(Bytes.data(61, 1), Bytes.data(62, 2), Bytes.data(63, 3));
        assertThat(captured.wireLengths).containsExactly(1500, 1501, 63);
        assertThat(captured.times).containsExactly(5_000_001_000L, 5_000_002_000L, 5_000_002_000L);
        assertThat(captured.outOfOrder).isZero();
        assertThat(captured.cut).isFalse();
    }

    @Test
    void shouldCutASimplePacketAtTheSnapLengthOfItsInterface() throws IOException {
        Bytes file = new Bytes(LITTLE).section().interfaceDescription(1, 30).simplePacket(Bytes.data(30, 3), 900);

        Captured captured = Captured.read(file.array());

        assertThat(captured.data).containsExactly(Bytes.data(30, 3));
        assertThat(captured.wireLengths).containsExactly(900);
    }

    @Test
    void shouldKeepInterfacesOfDifferentLinkTypesAndResolutionsApart() throws IOException {
        Bytes file = new Bytes(LITTLE)
                .section()
                .interfaceDescription(1, 0, option(9, 9))
                .interfaceDescription(113, 0, option(9, 3))
                .enhancedPacket(0, 1_000_000_007L, Bytes.data(60, 1), 60)
                .enhancedPacket(1, 2_000, Bytes.data(60, 2), 60);

        Captured captured = Captured.read(file.array());

        assertThat(captured.times).containsExactly(1_000_000_007L, 2_000_000_000L);
        assertThat(captured.linkTypes).containsExactly(LinkType.ETHERNET, LinkType.LINUX_SLL);
    }

    @Test
    void shouldForgetInterfacesAndByteOrderAtANewSection() throws IOException {
        Bytes second = new Bytes(ByteOrder.BIG_ENDIAN)
                .section()
                .interfaceDescription(101, 0, option(ByteOrder.BIG_ENDIAN, 9, 0))
                .enhancedPacket(0, 9, Bytes.data(20, 2), 20);
        Bytes file = new Bytes(LITTLE)
                .section()
                .interfaceDescription(1, 0)
                .interfaceDescription(1, 0)
                .enhancedPacket(1, 8_000_000, Bytes.data(60, 1), 60)
                .raw(second.array());
        Bytes stale = new Bytes(LITTLE).raw(file.array()).section().enhancedPacket(0, 9, Bytes.data(20, 2), 20);

        assertThat(Captured.read(file.array()).linkTypes).containsExactly(LinkType.ETHERNET, LinkType.RAW_IP);
        assertThat(Captured.read(file.array()).times).containsExactly(8_000_000_000L, 9_000_000_000L);
        assertThatThrownBy(() -> Captured.read(stale.array()))
                .isInstanceOf(CaptureException.class)
                .hasMessageContaining("packet of interface 0, allowed the 0 interfaces described before it");
    }

    @ParameterizedTest
    @CsvSource({
        // if_tsresol, timestamp, nanoseconds
        "0, 7, 7000000000",
        "3, 1234, 1234000000",
        "6, 1234567, 1234567000",
        "9, 1234567891, 1234567891",
        "12, 1234567891999, 1234567891",
        "19, 18446744073709551615, 1844674407",
        "128, 5, 5000000000",
        "129, 5, 2500000000",
        "138, 1025, 1000976562",
        "160, 6442450945, 1500000000",
        "191, 18446744073709551615, 1999999999",
        "191, 9223372036854775807, 999999999"
    })
    void shouldConvertTimestampsExactly(int resolution, String timestamp, long expectedNs) throws IOException {
        Bytes file = new Bytes(LITTLE)
                .section()
                .interfaceDescription(1, 0, option(9, resolution))
                .enhancedPacket(0, Long.parseUnsignedLong(timestamp), Bytes.data(14, 0), 14);

        assertThat(Captured.read(file.array()).times).containsExactly(expectedNs);
    }

    @ParameterizedTest
    @MethodSource("orders")
    void shouldAddTheTimestampOffset(ByteOrder order) throws IOException {
        byte[] minusTwo = new Bytes(order).u16(14).u16(8).u64(-2).array();
        Bytes file = new Bytes(order)
                .section()
                .interfaceDescription(1, 0, minusTwo)
                .enhancedPacket(0, 3_000_001, Bytes.data(14, 0), 14);

        assertThat(Captured.read(file.array()).times).containsExactly(1_000_001_000L);
    }

    @Test
    void shouldRefuseATimeBefore1970() {
        byte[] minusTwo = new Bytes(LITTLE).u16(14).u16(8).u64(-2).array();
        Bytes file = new Bytes(LITTLE)
                .section()
                .interfaceDescription(1, 0, minusTwo)
                .enhancedPacket(0, 1_000_001, Bytes.data(14, 0), 14);

        assertThatThrownBy(() -> Captured.read(file.array()))
                .isInstanceOf(CaptureException.class)
                .hasMessage("test.pcap:offset 60: timestamp 1000001 at resolution 10^-6, offset -2 s,"
                        + " allowed times from 1970 to 2262");
    }

    @ParameterizedTest
    @MethodSource("orders")
    void shouldSkipBlocksThatItDoesNotKnow(ByteOrder order) throws IOException {
        Bytes file = new Bytes(order)
                .section()
                .block(4, new byte[40])
                .interfaceDescription(1, 0)
                .block(0xbad, new byte[3_000_000])
                .enhancedPacket(0, 1, Bytes.data(60, 1), 60)
                .block(5)
                .enhancedPacket(0, 2, Bytes.data(60, 2), 60);

        assertThat(Captured.read(file.array()).data).containsExactly(Bytes.data(60, 1), Bytes.data(60, 2));
    }

    @ParameterizedTest
    @MethodSource("orders")
    void shouldReadWhatTheWriterWrote(ByteOrder order) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (PcapngWriter writer = new PcapngWriter(out, 276, order)) {
            for (int i = 0; i < 2000; i++) {
                writer.write(1_800_000_000_000_000_000L + i, Bytes.data(1000, i), i % 7, 900 + i % 5, 1500);
            }
        }

        Captured captured = Captured.read(out.toByteArray());

        assertThat(captured.data).hasSize(2000);
        for (int i = 0; i < 2000; i++) {
            assertThat(captured.data.get(i)).isEqualTo(Bytes.data(900 + i % 5, i + i % 7));
            assertThat(captured.times.get(i)).isEqualTo(1_800_000_000_000_000_000L + i);
        }
        assertThat(captured.linkTypes).containsOnly(LinkType.LINUX_SLL2);
    }

    @Test
    void shouldComplainAboutALinkTypeOnlyWhenAPacketHasIt() throws IOException {
        Bytes file = new Bytes(LITTLE)
                .section()
                .interfaceDescription(1, 0)
                .interfaceDescription(187, 0)
                .enhancedPacket(0, 1, Bytes.data(60, 1), 60);
        assertThat(Captured.read(file.array()).data).hasSize(1);

        file.enhancedPacket(1, 1, Bytes.data(60, 1), 60);

        assertThatThrownBy(() -> Captured.read(file.array()))
                .isInstanceOf(CaptureException.class)
                .hasMessageStartingWith("test.pcap:offset 160: link type=187 is not supported, allowed: ");
    }

    @ParameterizedTest
    @CsvSource({"6, 28", "6, 34", "6, 400000", "1, 16", "3, 12", "77, 8", "77, 0", "77, 16777220", "77, 4294967292"})
    void shouldRefuseAnAbsurdBlockLength(long type, long length) {
        Bytes file = new Bytes(LITTLE).section().u32(type).u32(length).raw(new byte[64]);

        assertThatThrownBy(() -> Captured.read(file.array()))
                .isInstanceOf(CaptureException.class)
                .hasMessageStartingWith("test.pcap:offset 28: length " + length + " of a pcapng block of type " + type
                        + ", allowed multiples of 4 from ");
    }

    @ParameterizedTest
    @CsvSource({"6", "77"})
    void shouldRefuseABlockWhoseLengthsDiffer(long type) {
        Bytes file =
                new Bytes(LITTLE).section().interfaceDescription(1, 0).u32(type).u32(36);
        file.raw(new byte[24]).u32(32).u32(36);

        assertThatThrownBy(() -> Captured.read(file.array()))
                .isInstanceOf(CaptureException.class)
                .hasMessage("test.pcap:offset 48: pcapng block length 36 in front and 32 behind, allowed the same");
    }

    @Test
    void shouldRefuseAPacketLongerThanItsBlock() {
        Bytes file = new Bytes(LITTLE).section().interfaceDescription(1, 0);
        file.u32(6).u32(36).u32(0).u64(0).u32(5).u32(5).u32(0).u32(36);

        assertThatThrownBy(() -> Captured.read(file.array()))
                .isInstanceOf(CaptureException.class)
                .hasMessage("test.pcap:offset 48: captured length 5, allowed up to the 4 bytes of the block");
    }

    @Test
    void shouldRefuseAnotherVersionAndAnotherByteOrderMagic() {
        Bytes version = new Bytes(LITTLE)
                .u32(0x0a0d0d0aL)
                .u32(28)
                .u32(0x1a2b3c4dL)
                .u16(2)
                .u16(0)
                .u64(-1)
                .u32(28);
        Bytes magic = new Bytes(LITTLE)
                .u32(0x0a0d0d0aL)
                .u32(28)
                .u32(0x1a2b3c4eL)
                .u16(1)
                .u16(0)
                .u64(-1)
                .u32(28);

        assertThatThrownBy(() -> Captured.read(version.array()))
                .hasMessage("test.pcap:offset 12: pcapng version 2.0, allowed 1.0 and 1.2");
        assertThatThrownBy(() -> Captured.read(magic.array()))
                .hasMessageStartingWith("test.pcap:offset 8: pcapng byte order magic 4e3c2b1a, allowed 1a2b3c4d");
    }

    @Test
    void shouldRefuseAResolutionThatIsTooFine() {
        Bytes file = new Bytes(LITTLE).section().interfaceDescription(1, 0, option(9, 20));

        assertThatThrownBy(() -> Captured.read(file.array()))
                .hasMessage("test.pcap:offset 44: if_tsresol 10^-20, allowed down to 10^-19 and 2^-63");
    }

    @Test
    void shouldRefuseAnOptionThatLeavesItsBlock() {
        byte[] option = new Bytes(LITTLE).u16(2).u16(5).u32(0).array();
        Bytes file = new Bytes(LITTLE).section().interfaceDescription(1, 0, option);

        assertThatThrownBy(() -> Captured.read(file.array()))
                .hasMessage("test.pcap:offset 44: length 5 of interface option 2, allowed up to the 4 bytes left in"
                        + " the block");
    }

    private static byte[] option(int code, int value) {
        return option(LITTLE, code, value);
    }

    private static byte[] option(ByteOrder order, int code, int value) {
        return new Bytes(order)
                .u16(code)
                .u16(1)
                .raw((byte) value, (byte) 0, (byte) 0, (byte) 0)
                .u32(0)
                .array();
    }
}
