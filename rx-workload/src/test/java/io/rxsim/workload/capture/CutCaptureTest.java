package io.rxsim.workload.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A capture may end anywhere: what is whole is delivered, and the cut is told. */
class CutCaptureTest {
    static Stream<Bytes> captures() {
        return Stream.of(
                pcap(ByteOrder.LITTLE_ENDIAN),
                pcap(ByteOrder.BIG_ENDIAN),
                pcapng(ByteOrder.LITTLE_ENDIAN),
                pcapng(ByteOrder.BIG_ENDIAN));
    }

    @ParameterizedTest
    @MethodSource("captures")
    void shouldDeliverWhatIsWholeWhereverTheFileEnds(Bytes capture) throws IOException {
        byte[] whole = capture.array();
        for (int length = 0; length < whole.length; length++) {
            byte[] file = Arrays.copyOf(whole, length);
            int end = length;
            long expected =
                    capture.recordEnds().stream().filter(at -> at <= end).count();
            try {
                Captured captured = Captured.read(file);
                assertThat(captured.data).as("packets of %d bytes", length).hasSize((int) expected);
                assertThat(captured.cut).as("cut at %d", length).isEqualTo(!capture.wholeAt(length));
            } catch (CaptureException e) {
                assertThat(length).as(e.getMessage()).isLessThan(28);
                assertThat(e).hasMessageMatching("test.pcap:offset 0: (empty|not a capture|cut after).*");
            }
        }
    }

    @ParameterizedTest
    @MethodSource("captures")
    void shouldTellACutGzipStreamWhereverItEnds(Bytes capture) throws IOException {
        byte[] whole = Bytes.gzip(capture.array());
        int most = 0;
        for (int length = 0; length < whole.length; length++) {
            try {
                Captured captured = Captured.read(Bytes.pipe(Arrays.copyOf(whole, length), 7));
                assertThat(captured.cut).as("cut at %d", length).isTrue();
                assertThat(captured.data.size())
                        .isBetween(most, capture.recordEnds().size());
                most = captured.data.size();
            } catch (CaptureException e) {
                assertThat(most).as(e.getMessage()).isZero();
            }
        }
        assertThat(most).isEqualTo(capture.recordEnds().size());
        assertThat(Captured.read(whole).cut).isFalse();
    }

    @ParameterizedTest
    @MethodSource("captures")
    void shouldReadGzipMembersThatFollowEachOther(Bytes capture) throws IOException {
        byte[] whole = capture.array();
        byte[] gzip = Bytes.gzip(Arrays.copyOf(whole, 30), new byte[0], Arrays.copyOfRange(whole, 30, whole.length));

        for (byte[] file : new byte[][] {gzip, Arrays.copyOf(gzip, gzip.length + 512)}) {
            Captured captured = Captured.read(Bytes.pipe(file, 11));

            assertThat(captured.data).hasSize(capture.recordEnds().size());
            assertThat(captured.cut).isFalse();
        }
    }

    @Test
    void shouldRefuseCorruptGzipData() {
        byte[] gzip = Bytes.gzip(pcap(ByteOrder.LITTLE_ENDIAN).array());
        byte[] checksum = gzip.clone();
        checksum[gzip.length - 8] ^= 1;
        byte[] length = gzip.clone();
        length[gzip.length - 1] ^= 1;
        byte[] trailing = Arrays.copyOf(gzip, gzip.length + 3);
        trailing[gzip.length + 2] = 'x';
        byte[] deflate = gzip.clone();
        deflate[10] |= 6; // block type 3 is reserved

        assertThatThrownBy(() -> Captured.read(checksum)).hasMessageEndingWith("gzip checksum differs");
        assertThatThrownBy(() -> Captured.read(length)).hasMessageEndingWith("gzip length differs");
        assertThatThrownBy(() -> Captured.read(trailing)).hasMessageContaining("bytes after the last gzip member");
        assertThatThrownBy(() -> Captured.read(deflate))
                .isInstanceOf(CaptureException.class)
                .hasMessageStartingWith("test.pcap:offset 0: cannot be read: corrupt gzip data: ");
    }

    private static Bytes pcap(ByteOrder order) {
        return new Bytes(order)
                .pcapHeader(0xa1b23c4dL, 1)
                .pcapRecord(1, 0, Bytes.data(20, 1), 60)
                .pcapRecord(1, 1, Bytes.data(0, 1), 60)
                .pcapRecord(1, 2, Bytes.data(33, 1), 60);
    }

    private static Bytes pcapng(ByteOrder order) {
        return new Bytes(order)
                .section()
                .interfaceDescription(1, 0)
                .enhancedPacket(0, 1, Bytes.data(21, 1), 60)
                .block(0xbad, new byte[8])
                .simplePacket(Bytes.data(6, 1), 6)
                .obsoletePacket(0, 2, Bytes.data(9, 1), 60);
    }
}
