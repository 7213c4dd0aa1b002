package io.rxsim.workload.esp;

import static io.rxsim.workload.esp.EspPackets.LEFT;
import static io.rxsim.workload.esp.EspPackets.RIGHT;
import static io.rxsim.workload.esp.EspPackets.association;
import static io.rxsim.workload.esp.EspPackets.sealed;
import static io.rxsim.workload.esp.EspPackets.udp;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.rxsim.core.packet.FlowKey;
import io.rxsim.core.packet.FrameBuilder;
import io.rxsim.core.packet.IpAddress;
import io.rxsim.core.packet.LinkType;
import io.rxsim.core.run.RandomStream;
import io.rxsim.core.run.RandomStreams;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EspReceiverTest {
    private final EspPackets packets = new EspPackets();

    private static SecurityAssociations only(SecurityAssociation association) {
        return new SecurityAssociations(List.of(association));
    }

    @ParameterizedTest
    @CsvSource({"TUNNEL,16,16", "TUNNEL,32,12", "TRANSPORT,16,12", "TRANSPORT,32,16"})
    void shouldGiveBackWhatWasSent(EspMode mode, int keyBytes, int icvBytes) {
        SecurityAssociation association = association(0x1234, mode, keyBytes, icvBytes);
        EspOutbound out = new EspOutbound(association, LEFT, RIGHT);
        EspReceiver receiver = new EspReceiver(only(association), 64);
        for (int payload = 0; payload < 70; payload++) {
            byte[] ip = udp(1000 + payload, payload);

            assertThat(packets.receive(receiver, sealed(out, ip))).isEqualTo(ip.length);
            assertThat(withoutChecksum(packets.innerBytes())).isEqualTo(withoutChecksum(ip));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TUNNEL", "TRANSPORT"})
    void shouldCarryIpv6(EspMode mode) {
        SecurityAssociation association = association(7, mode, 16, 16);
        EspOutbound out =
                new EspOutbound(association, IpAddress.parse("2001:db8:1::1"), IpAddress.parse("2001:db8:1::2"));
        byte[] ip = EspPackets.udp6(77, 33);

        packets.receive(new EspReceiver(only(association), 64), sealed(out, ip));

        assertThat(packets.innerBytes()).isEqualTo(ip);
    }

    /** The header checksum of a packet whose lengths were remade is not: the outer one stays (named deviation). */
    private static byte[] withoutChecksum(byte[] ip) {
        byte[] copy = ip.clone();
        copy[10] = 0;
        copy[11] = 0;
        return copy;
    }

    @Test
    void shouldFindTheInnerFlowOfATransportPacketBehindIpOptions() {
        SecurityAssociation association = association(7, EspMode.TRANSPORT, 16, 16);
        EspOutbound out = new EspOutbound(association, LEFT, RIGHT);
        byte[] ip =
                FrameBuilder.rawIp().ipv4(1, 2).options(2).udp(5, 6).payload(9).build();

        packets.receive(new EspReceiver(only(association), 64), sealed(out, ip));
        packets.hash.classify(packets.inner, packets.innerHeaders);

        assertThat(FlowKey.of(packets.innerHeaders).toString()).isEqualTo("udp:0.0.0.1:5>0.0.0.2:6");
        assertThat(packets.innerHeaders.payloadBytes()).isEqualTo(9);
    }

    @Test
    void shouldRemakeTheHeaderBehindIpv6ExtensionHeaders() {
        SecurityAssociation association = association(7, EspMode.TRANSPORT, 16, 16);
        byte[] udp = sealed(new EspOutbound(association, LEFT, RIGHT), EspPackets.udp6(5, 6));
        byte[] esp = Arrays.copyOfRange(udp, IpHeaders.IPV6_BYTES, udp.length);
        byte[] header = FrameBuilder.rawIp()
                .ipv6(IpAddress.parse("2001:db8::1"), IpAddress.parse("2001:db8::2"), 0)
                .extension(0, 1)
                .protocol(50)
                .payload(esp.length)
                .build();
        System.arraycopy(esp, 0, header, header.length - esp.length, esp.length);

        packets.receive(new EspReceiver(only(association), 64), header);
        packets.hash.classify(packets.inner, packets.innerHeaders);

        assertThat(packets.innerHeaders.sourcePort()).isEqualTo(5);
        assertThat(packets.innerHeaders.payloadBytes()).isEqualTo(6);
    }

    @Test
    void shouldDropWhatIsUnknownMalformedOrReplayedBeforeTheCipher() {
        SecurityAssociation association = association(7, EspMode.TUNNEL, 16, 16);
        EspReceiver receiver = new EspReceiver(only(association), 64);
        byte[] good = sealed(new EspOutbound(association, LEFT, RIGHT), udp(1, 20));
        byte[] stranger = sealed(new EspOutbound(association(8, EspMode.TUNNEL, 16, 16), LEFT, RIGHT), udp(1, 20));

        assertThat(packets.receive(receiver, good) > 0).isTrue();
        assertThat(packets.receive(receiver, good)).isEqualTo(EspInbound.REPLAYED);
        assertThat(packets.receive(receiver, stranger)).isEqualTo(EspInbound.UNKNOWN_SPI);
        for (int bytes = 20; bytes < good.length; bytes++) {
            assertThat(packets.receive(receiver, Arrays.copyOf(good, bytes)))
                    .as("cut to " + bytes)
                    .isEqualTo(EspInbound.MALFORMED);
        }
        assertThat(receiver.opened()).isEqualTo(1);
    }

    @Test
    void shouldCallALengthThatNoPaddingGivesMalformed() {
        SecurityAssociation association = association(7, EspMode.TUNNEL, 16, 16);
        EspReceiver receiver = new EspReceiver(only(association), 64);
        for (int bytes = 0; bytes < 80; bytes++) {
            byte[] ip = FrameBuilder.rawIp().ipv4(1, 2).esp(7).payload(bytes).build();
            boolean shape = bytes >= 8 + 4 + 16 && (bytes - 8 - 16) % 4 == 0;

            assertThat(packets.receive(receiver, ip)).isEqualTo(shape ? EspInbound.FORGED : EspInbound.MALFORMED);
        }
    }

    @Test
    void shouldNotMoveTheWindowForAForgedPacket() {
        SecurityAssociation association = association(7, EspMode.TUNNEL, 16, 16);
        EspOutbound out = new EspOutbound(association, LEFT, RIGHT);
        EspReceiver receiver = new EspReceiver(only(association), 64);
        byte[] first = sealed(out, udp(1, 20));
        out.skipTo(1_000_000);
        byte[] forged = sealed(out, udp(1, 20));
        forged[forged.length - 1] ^= 0x40;

        assertThat(packets.receive(receiver, forged)).isEqualTo(EspInbound.FORGED);
        assertThat(packets.receive(receiver, first) > 0).isTrue();
    }

    /** One flipped bit anywhere behind the IP header: nothing gets through, and nothing throws. */
    @Test
    void shouldNoticeEveryFlippedBit() {
        SecurityAssociation association = association(0x1000, EspMode.TUNNEL, 32, 16);
        EspOutbound out = new EspOutbound(association, LEFT, RIGHT);
        out.skipTo(2);
        byte[] good = sealed(out, udp(1, 16));
        EspReceiver receiver = new EspReceiver(only(association), 64);
        for (int bit = 8 * IpHeaders.IPV4_BYTES; bit < 8 * good.length; bit++) {
            byte[] bad = good.clone();
            bad[bit / 8] ^= (byte) (1 << bit % 8);
            int expected = bit / 8 < IpHeaders.IPV4_BYTES + 4 ? EspInbound.UNKNOWN_SPI : EspInbound.FORGED;

            assertThat(packets.receive(receiver, bad)).as("bit " + bit).isEqualTo(expected);
        }
    }

    @Test
    void shouldCallAuthenticNonsenseMalformed() {
        SecurityAssociation association = association(7, EspMode.TUNNEL, 16, 16);
        EspReceiver receiver = new EspReceiver(only(association), 64);

        assertThat(packets.receive(receiver, sealedPlain(association, 1, 1, 2, 9, 4)))
                .as("padding")
                .isEqualTo(EspInbound.MALFORMED);
        assertThat(packets.receive(receiver, sealedPlain(association, 2, 0, 0, 3, 4)))
                .as("pad length")
                .isEqualTo(EspInbound.MALFORMED);
        assertThat(packets.receive(receiver, sealedPlain(association, 3, 0x60, 0, 0, 4)))
                .as("version")
                .isEqualTo(EspInbound.MALFORMED);
        assertThat(packets.receive(receiver, sealedPlain(association, 4, 0x45, 0, 0, 17)))
                .as("UDP")
                .isEqualTo(EspInbound.MALFORMED);
        assertThat(packets.receive(receiver, sealedPlain(association, 5, 1, 2, 2, 59)))
                .as("dummy")
                .isEqualTo(0);
        assertThat(receiver.opened()).isEqualTo(5);
    }

    /** Four bytes encrypted as they are, the last two being the trailer. */
    private static byte[] sealedPlain(SecurityAssociation association, int sequence, int... plain) {
        byte[] ip = FrameBuilder.rawIp()
                .ipv4(1, 2)
                .protocol(50)
                .put(association.spi(), 4)
                .put(sequence, 4)
                .put(0, 4)
                .put(sequence, 4)
                .payload(4 + 16)
                .build();
        byte[] bytes = new byte[plain.length];
        for (int i = 0; i < plain.length; i++) {
            bytes[i] = (byte) plain[i];
        }
        new AesGcm(association).seal(bytes, bytes.length, ip, IpHeaders.IPV4_BYTES);
        return ip;
    }

    @Test
    void shouldSurviveRandomBytes() {
        long seed = 4303;
        RandomStream random = RandomStreams.stream(seed, "bytes");
        EspReceiver receiver = new EspReceiver(only(association(7, EspMode.TRANSPORT, 16, 12)), 64);
        for (int round = 0; round < 5_000; round++) {
            byte[] bytes = new byte[random.nextInt(90)];
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = (byte) random.nextLong();
            }
            if (bytes.length > 24) {
                bytes[0] = (byte) (random.nextInt(2) == 0 ? 0x45 : 0x60);
                bytes[6] = bytes[0] == 0x60 ? (byte) 50 : 0;
                bytes[7] = 0;
                bytes[9] = 50;
            }
            packets.hash.classify(packets.packet.wrap(bytes, 0, bytes.length, LinkType.RAW_IP), packets.headers);
            if (EspInbound.isEsp(packets.headers)) {
                int bytesInside = receiver.receive(packets.packet, packets.headers, packets.inner);
                assertThat(bytesInside < 0)
                        .as("seed=" + seed + " round=" + round)
                        .isTrue();
            }
        }
    }

    @Test
    void shouldEndAnAssociationAtItsLastNumber() {
        EspOutbound out = new EspOutbound(association(7, EspMode.TUNNEL, 16, 16), LEFT, RIGHT);
        out.skipTo(0xfffffffeL);
        EspReceiver receiver = new EspReceiver(only(association(7, EspMode.TUNNEL, 16, 16)), 64);

        assertThat(packets.receive(receiver, sealed(out, udp(1, 1))) > 0).isTrue();
        assertThat(assertThrows(IllegalStateException.class, () -> sealed(out, udp(1, 1)))
                        .getMessage())
                .isEqualTo("spi=0x7 has sent 2^32 - 1 packets, a new key is needed");
    }
}
