package io.rxsim.core.packet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rxsim.core.hash.SipHash;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** What NIC and socket are told of a packet. */
class PacketHeadersTest {
    private static final int A = 0x0a000001;
    private static final int B = 0x0a000002;
    private static final int OUTER_A = 0xc0a80001;
    private static final int OUTER_B = 0xc0a80002;
    private static final IpAddress A6 = IpAddress.parse("2001:db8::1");
    private static final IpAddress B6 = IpAddress.parse("2001:db8::2");

    private final SipFlowHash flowHash = new SipFlowHash(new SipHash(1, 2));
    private final RssHash rss = new RssHash(new byte[40]);
    private final PacketHeaders headers = new PacketHeaders();

    private PacketHeaders read(FrameBuilder frame) {
        return read(frame.build(), LinkType.ETHERNET);
    }

    private PacketHeaders read(byte[] bytes, LinkType linkType) {
        flowHash.classify(new Packet().wrap(bytes, 0, bytes.length, linkType), headers);
        return headers;
    }

    private String flow() {
        return String.valueOf(FlowKey.of(headers));
    }

    private static FrameBuilder outer() {
        return FrameBuilder.ethernet().ipv4(OUTER_A, OUTER_B);
    }

    @Test
    void shouldTellTcpFlagsAndPayloadBehindOptions() {
        read(FrameBuilder.ethernet()
                .ipv4(A, B)
                .options(2)
                .tcp(1234, 80, PacketHeaders.TCP_SYN | PacketHeaders.TCP_ACK)
                .options(3)
                .payload(100));
        assertThat(flow()).isEqualTo("tcp:10.0.0.1:1234>10.0.0.2:80");
        assertThat(headers.tcpFlags()).isEqualTo(PacketHeaders.TCP_SYN | PacketHeaders.TCP_ACK);
        assertThat(headers.payloadBytes()).isEqualTo(100);
    }

    @Test
    void shouldTakeThePayloadFromTheIpLengthAndNotFromPaddingOrSnapLength() {
        byte[] frame = FrameBuilder.ethernet().ipv4(A, B).udp(1, 2).payload(4).build();
        assertThat(read(Arrays.copyOf(frame, 60), LinkType.ETHERNET).payloadBytes())
                .isEqualTo(4);
        byte[] large =
                FrameBuilder.ethernet().ipv4(A, B).udp(1, 2).payload(1000).build();
        assertThat(read(Arrays.copyOf(large, 42), LinkType.ETHERNET).payloadBytes())
                .isEqualTo(1000);
        assertThat(read(Arrays.copyOf(large, 38), LinkType.ETHERNET).hasPorts()).isTrue();
    }

    @Test
    void shouldTakeThePayloadFromTheWireLengthWhereTheIpLengthIsZero() {
        byte[] frame = FrameBuilder.ethernet().ipv4(A, B).udp(1, 2).build();
        frame[16] = 0;
        frame[17] = 0;
        Packet packet =
                new Packet().wrap(frame, 0, frame.length, LinkType.ETHERNET).stamp(5, 70_042);
        flowHash.classify(packet, headers);
        assertThat(headers.payloadBytes()).isEqualTo(70_000);
    }

    @Test
    void shouldNotKnowThePayloadWhenTheTcpLengthIsCutOrTheIpLengthTooSmall() {
        byte[] tcp = FrameBuilder.ethernet().ipv4(A, B).tcp(1, 2, 0).payload(9).build();
        assertThat(read(Arrays.copyOf(tcp, 14 + 20 + 12), LinkType.ETHERNET).payloadBytes())
                .isEqualTo(PacketHeaders.UNKNOWN);
        tcp[17] = 30;
        assertThat(read(tcp, LinkType.ETHERNET).payloadBytes()).isEqualTo(PacketHeaders.UNKNOWN);
    }

    @Test
    void shouldShowTheOuterTupleToTheNicAndTheInnerOneToTheSocket() {
        read(outer().greKey(7).ipv4(A, B).udp(53, 9000).payload(10));
        assertThat(flow()).isEqualTo("udp:10.0.0.1:53>10.0.0.2:9000");
        assertThat(headers.payloadBytes()).isEqualTo(10);
        assertThat(headers.outerSourceLow()).isEqualTo(0xc0a80001L);
        assertThat(headers.outerProtocol()).isEqualTo(IpProtocol.GRE);
        assertThat(headers.outerHasPorts()).isFalse();
        assertThat(rss.type(headers)).isEqualTo(PacketHashType.L3);
        assertThat(flowHash.keys().greKey()).isEqualTo(7);
    }

    @Test
    void shouldTakeVxlanForPlainUdp() {
        read(outer().vxlan(5555, 1).ipv4(A, B).udp(53, 9000));
        assertThat(flow()).isEqualTo("udp:192.168.0.1:5555>192.168.0.2:4789");
        assertThat(rss.type(headers)).isEqualTo(PacketHashType.L4);
    }

    @Test
    void shouldFindPortsBehindFlowLabelTagsAndExtensionHeaders() {
        read(FrameBuilder.ethernet()
                .vlan(0x88a8, 1)
                .vlan(0x8100, 2)
                .ipv6(A6, B6, 99)
                .extension(IpProtocol.HOP_BY_HOP, 1)
                .extension(IpProtocol.DESTINATION_OPTIONS, 0)
                .udp(7, 8)
                .payload(3));
        assertThat(flow()).isEqualTo("udp:[2001:db8::1]:7>[2001:db8::2]:8");
        assertThat(headers.payloadBytes()).isEqualTo(3);
        assertThat(headers.etherType()).isEqualTo(0x88a8);
        assertThat(headers.innerEtherType()).isEqualTo(EtherType.IPV6);
        assertThat(rss.type(headers)).isEqualTo(PacketHashType.L4);
        assertThat(flowHash.keys().flowLabel()).isEqualTo(99);
        assertThat(flowHash.keys().ports()).isZero();
        assertThat(flowHash.keys().ipProtocol()).isEqualTo(IpProtocol.HOP_BY_HOP);
    }

    @Test
    void shouldGiveNoPortsForAnyFragment() {
        FrameBuilder[] fragments = {
            FrameBuilder.ethernet()
                    .ipv4(A, B)
                    .fragment(FrameBuilder.MORE_FRAGMENTS)
                    .udp(1, 2),
            FrameBuilder.ethernet().ipv4(A, B).fragment(6).udp(1, 2),
            FrameBuilder.ethernet().ipv6(A6, B6, 0).fragmentHeader(0, false).udp(1, 2),
            FrameBuilder.ethernet().ipv6(A6, B6, 3).fragmentHeader(0, true).udp(1, 2),
        };
        for (FrameBuilder fragment : fragments) {
            read(fragment.payload(5));
            assertThat(headers.fragment()).isTrue();
            assertThat(headers.outerFragment()).isTrue();
            assertThat(headers.hasPorts()).isFalse();
            assertThat(headers.protocol()).isEqualTo(IpProtocol.UDP);
            assertThat(headers.payloadBytes()).isEqualTo(13);
            assertThat(rss.type(headers)).isEqualTo(PacketHashType.L3);
        }
    }

    @Test
    void shouldTellTheSpiOfEspAndAh() {
        read(FrameBuilder.ethernet().ipv4(A, B).esp(0xdeadbeef).payload(40));
        assertThat(flow()).isEqualTo("esp:10.0.0.1>10.0.0.2:0xdeadbeef");
        assertThat(headers.payloadBytes()).isEqualTo(48);
        read(FrameBuilder.ethernet().ipv6(A6, B6, 0).ah(0x1000).tcp(1, 2, 0));
        assertThat(flow()).isEqualTo("ah:[2001:db8::1]>[2001:db8::2]:0x00001000");
        assertThat(headers.hasPorts()).isFalse();
    }

    @Test
    void shouldNameWhatHasNoFlow() {
        read(FrameBuilder.ethernet().arp(A, B));
        assertThat(flow()).isEqualTo("null");
        assertThat(headers.innerEtherType()).isEqualTo(EtherType.ARP);
        assertThat(headers.protocol()).isEqualTo(PacketHeaders.NO_PROTOCOL);
        assertThat(rss.type(headers)).isEqualTo(PacketHashType.NONE);
        assertThat(rss.hash(headers)).isZero();
        read(FrameBuilder.ethernet().ipv6(A6, B6, 0).icmpEcho(1));
        assertThat(flow()).isEqualTo("icmp:[2001:db8::1]>[2001:db8::2]");
    }

    @Test
    void shouldEnterPppoeAndPptp() {
        read(SampleFrames.pppoe(0x0021).ipv4(A, B).udp(1, 2));
        assertThat(flow()).isEqualTo("udp:10.0.0.1:1>10.0.0.2:2");
        read(SampleFrames.pptp(outer(), 0x0057).ipv6(A6, B6, 0).udp(1, 2));
        assertThat(flow()).isEqualTo("udp:[2001:db8::1]:1>[2001:db8::2]:2");
        assertThat(flowHash.keys().greKey()).isEqualTo(7);
    }

    @Test
    void shouldStopAtMplsAndAtGreWithRouting() {
        read(FrameBuilder.ethernet().vlan(0x8100, 3).mpls(9).ipv4(A, B).udp(1, 2));
        assertThat(headers.ipVersion()).isZero();
        assertThat(flowHash.keys().etherType()).isEqualTo(EtherType.MPLS_UNICAST);
        assertThat(flowHash.keys().vlanTci()).isEqualTo(3);
        read(outer().gre(0x4000).ipv4(A, B).udp(1, 2));
        assertThat(flow()).isEqualTo("proto-47:192.168.0.1>192.168.0.2");
        assertThat(flowHash.keys().etherType()).isEqualTo(EtherType.IPV4);
    }

    @Test
    void shouldEnterFifteenHeadersBehindTheFirstAndNoMore() {
        assertThat(tagged(15).ipVersion()).isEqualTo(4);
        assertThat(tagged(16).ipVersion()).isZero();
    }

    private PacketHeaders tagged(int tags) {
        FrameBuilder frame = FrameBuilder.ethernet();
        for (int i = 0; i < tags; i++) {
            frame.vlan(0x8100, 1);
        }
        return read(frame.ipv4(A, B).udp(1, 2));
    }

    @Test
    void shouldFindTheSamePacketBehindEveryLinkType() {
        byte[] ip = FrameBuilder.rawIp().ipv4(A, B).udp(1, 2).build();
        byte[] ip6 = FrameBuilder.rawIp().ipv6(A6, B6, 0).udp(1, 2).build();
        byte[][] links = {
            FrameBuilder.rawIp()
                    .put(0, 4)
                    .put(6, 4)
                    .put(0, 4)
                    .put(0, 2)
                    .put(0x0800, 2)
                    .build(),
            FrameBuilder.rawIp()
                    .put(0x08000000, 4)
                    .put(0, 4)
                    .put(0, 4)
                    .put(0, 4)
                    .put(0, 4)
                    .build(),
            {2, 0, 0, 0},
            {0, 0, 0, 2},
        };
        LinkType[] types = {LinkType.LINUX_SLL, LinkType.LINUX_SLL2, LinkType.LOOPBACK, LinkType.LOOPBACK};
        for (int i = 0; i < links.length; i++) {
            read(joined(links[i], ip), types[i]);
            assertThat(flow()).as("%s", types[i]).isEqualTo("udp:10.0.0.1:1>10.0.0.2:2");
        }
        read(ip, LinkType.RAW_IP);
        int raw = headers.hash();
        assertThat(flow()).isEqualTo("udp:10.0.0.1:1>10.0.0.2:2");
        assertThat(read(ip, LinkType.RAW_IPV4).hash()).isEqualTo(raw);
        assertThat(read(joined(new byte[] {30, 0, 0, 0}, ip6), LinkType.LOOPBACK)
                        .ipVersion())
                .isEqualTo(6);
        assertThat(read(ip6, LinkType.RAW_IP).ipVersion()).isEqualTo(6);
        assertThat(read(ip6, LinkType.RAW_IPV6).ipVersion()).isEqualTo(6);
    }

    private static byte[] joined(byte[] link, byte[] ip) {
        byte[] all = Arrays.copyOf(link, link.length + ip.length);
        System.arraycopy(ip, 0, all, link.length, ip.length);
        return all;
    }

    @Test
    void shouldNameTheLinkTypesItKnowsAndRefuseOthers() {
        assertThat(LinkType.of(1)).isEqualTo(LinkType.ETHERNET);
        assertThat(LinkType.of(101)).isEqualTo(LinkType.RAW_IP);
        assertThat(LinkType.of(228)).isEqualTo(LinkType.RAW_IPV4);
        assertThat(LinkType.of(229)).isEqualTo(LinkType.RAW_IPV6);
        assertThat(LinkType.of(113)).isEqualTo(LinkType.LINUX_SLL);
        assertThat(LinkType.of(276)).isEqualTo(LinkType.LINUX_SLL2);
        assertThat(LinkType.of(108)).isEqualTo(LinkType.LOOPBACK);
        assertThatThrownBy(() -> LinkType.of(105))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("105")
                .hasMessageContaining("113");
    }

    @Test
    void shouldTakeFramesWithALengthForTheKernelsTwoInternalProtocols() {
        assertThat(read(FrameBuilder.ethernet().etherType(20).put(0xffff, 2)).etherType())
                .isEqualTo(1);
        assertThat(read(FrameBuilder.ethernet().etherType(20).put(0x4242, 2)).etherType())
                .isEqualTo(4);
    }
}
