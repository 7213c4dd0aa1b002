package io.rxsim.core.packet;

import static org.assertj.core.api.Assertions.assertThat;

import io.rxsim.core.hash.JHash;
import org.junit.jupiter.api.Test;

/** The header rules of v2.6.35, where they differ from those of v6.18. */
class JhashFlowHashTest {
    private static final int A = 0x0a000001;
    private static final int B = 0x0a000002;
    private static final IpAddress A6 = IpAddress.parse("2001:db8::1");
    private static final IpAddress B6 = IpAddress.parse("2001:db8::2");

    private final JhashFlowHash flowHash = new JhashFlowHash(77);
    private final PacketHeaders headers = new PacketHeaders();

    private int hash(FrameBuilder frame) {
        byte[] bytes = frame.build();
        return flowHash.classify(new Packet().wrap(bytes, 0, bytes.length, LinkType.ETHERNET), headers);
    }

    private static FrameBuilder ipv4() {
        return FrameBuilder.ethernet().ipv4(A, B);
    }

    private static FrameBuilder ipv6() {
        return FrameBuilder.ethernet().ipv6(A6, B6, 0);
    }

    @Test
    void shouldNotHashWhatTheDriverDoesNotReportAsIp() {
        assertThat(hash(FrameBuilder.ethernet().arp(A, B))).isEqualTo(FlowHash.NO_HASH);
        assertThat(hash(FrameBuilder.ethernet().vlan(0x8100, 5).ipv4(A, B).udp(1, 2)))
                .isEqualTo(FlowHash.NO_HASH);
        assertThat(headers.ports()).as("the socket is behind the tag").isEqualTo(1 << 16 | 2);
        assertThat(hash(FrameBuilder.ethernet().etherType(EtherType.IPV4).payload(19)))
                .isEqualTo(FlowHash.NO_HASH);
    }

    @Test
    void shouldTakeTheDataOfALaterFragmentForPorts() {
        int unfragmented = hash(ipv4().udp(1, 2));
        assertThat(hash(ipv4().fragment(FrameBuilder.MORE_FRAGMENTS).udp(1, 2))).isEqualTo(unfragmented);
        assertThat(headers.hasPorts()).as("the socket sees no ports").isFalse();
        int fragment = hash(ipv4().fragment(6).protocol(IpProtocol.UDP).put(0x00050006, 4));
        assertThat(fragment).isEqualTo(hash(ipv4().udp(5, 6))).isNotEqualTo(unfragmented);
    }

    @Test
    void shouldHashTheFirstFourBytesOfAhAndNotItsSpi() {
        int hash = hash(ipv4().ah(1).tcp(1, 2, 0));
        assertThat(hash(ipv4().ah(2).tcp(3, 4, 0))).isEqualTo(hash);
        assertThat(flowHash.hash(FlowKey.parse("ah:10.0.0.1>10.0.0.2:0x1"))).isEqualTo(hash);
        assertThat(hash(ipv4().esp(1))).isNotEqualTo(hash(ipv4().esp(2)));
    }

    @Test
    void shouldTakeTheLast32BitsOfIpv6AddressesAndSkipNoExtensionHeader() {
        int hash = hash(ipv6().udp(1, 2));
        IpAddress elsewhere = IpAddress.parse("fe80:1:2:3:4:5::1");
        assertThat(hash(FrameBuilder.ethernet().ipv6(elsewhere, B6, 0x12345).udp(1, 2)))
                .isEqualTo(hash);
        assertThat(flowHash.hash(FlowKey.parse("udp:[2001:db8::1]:1>[2001:db8::2]:2")))
                .isEqualTo(hash);
        int extended = hash(ipv6().extension(IpProtocol.HOP_BY_HOP, 0).udp(1, 2));
        assertThat(extended).isNotEqualTo(hash).isEqualTo(JHash.lookup2Words3(0x01000000, 0x02000000, 0, 77));
    }

    @Test
    void shouldNotEnterTunnels() {
        int tunnel = hash(ipv4().ipv4(3, 4).udp(1, 2));
        assertThat(hash(ipv4().ipv4(5, 6).udp(7, 8))).isEqualTo(tunnel);
        assertThat(headers.sourcePort()).isEqualTo(7);
    }

    @Test
    void shouldIgnorePortsThatWereNotCaptured() {
        byte[] bytes = ipv4().udp(1, 2).build();
        Packet packet = new Packet().wrap(bytes, 0, 14 + 20 + 3, LinkType.ETHERNET);
        int swapped = JHash.lookup2Words3(0x0100000a, 0x0200000a, 0, 77);
        assertThat(flowHash.classify(packet, headers)).isEqualTo(swapped);
    }
}
