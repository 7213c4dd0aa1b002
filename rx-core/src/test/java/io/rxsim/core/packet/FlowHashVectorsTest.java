package io.rxsim.core.packet;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The published flow-hash values of both eras, reached through frames and through flows as text. */
class FlowHashVectorsTest {
    private static final int A = 0x0a000001;
    private static final int B = 0x0a000002;
    private static final IpAddress A6 = IpAddress.parse("2001:db8::1");
    private static final IpAddress B6 = IpAddress.parse("2001:db8::2");

    private final PacketHeaders headers = new PacketHeaders();
    private final SipFlowHash modern = SipFlowHash.ofKey(countingKey());

    private static byte[] countingKey() {
        byte[] key = new byte[16];
        for (int i = 0; i < key.length; i++) {
            key[i] = (byte) i;
        }
        return key;
    }

    private String modern(FrameBuilder frame) {
        return classify(modern, frame);
    }

    private String classify(FlowHash hash, FrameBuilder frame) {
        byte[] bytes = frame.build();
        Packet packet = new Packet().wrap(bytes, 0, bytes.length, LinkType.ETHERNET);
        return String.format("%08x", hash.classify(packet, headers));
    }

    private static FrameBuilder ipv4() {
        return FrameBuilder.ethernet().ipv4(A, B);
    }

    @Test
    void shouldGiveTheTcpVectorInBothDirectionsAndWithPortsSwapped() {
        assertThat(modern(ipv4().tcp(1234, 80, 0))).isEqualTo("6ce42071");
        assertThat(modern(FrameBuilder.ethernet().ipv4(B, A).tcp(80, 1234, 0))).isEqualTo("6ce42071");
        assertThat(modern(ipv4().tcp(80, 1234, 0))).isEqualTo("6ce42071");
        assertThat(headers.l4Hash()).isTrue();
    }

    @Test
    void shouldGiveTheUdpVectorsWholeAndFragmented() {
        assertThat(modern(ipv4().udp(1234, 80))).isEqualTo("2914d26b");
        assertThat(modern(ipv4().fragment(FrameBuilder.MORE_FRAGMENTS).udp(1234, 80)))
                .isEqualTo("1fe47a63");
        assertThat(headers.l4Hash()).isFalse();
    }

    @Test
    void shouldGiveTheVlanVectors() {
        assertThat(modern(FrameBuilder.ethernet().vlan(0x8100, 100).ipv4(A, B).tcp(1234, 80, 0)))
                .isEqualTo("6dedad7f");
        assertThat(modern(FrameBuilder.ethernet()
                        .vlan(0x8100, 5 << 13 | 100)
                        .ipv4(A, B)
                        .tcp(1234, 80, 0)))
                .isEqualTo("6c754c4d");
    }

    @Test
    void shouldGiveTheIpv6VectorsWithoutAndWithFlowLabel() {
        assertThat(modern(FrameBuilder.ethernet().ipv6(A6, B6, 0).tcp(1234, 80, 0)))
                .isEqualTo("9b33b274");
        assertThat(modern(FrameBuilder.ethernet().ipv6(A6, B6, 0x12345).tcp(1234, 80, 0)))
                .isEqualTo("c090eb4d");
        assertThat(headers.l4Hash()).isTrue();
        assertThat(headers.sourcePort()).isEqualTo(1234);
        assertThat(headers.destinationPort()).isEqualTo(80);
    }

    @Test
    void shouldGiveTheVectorsForFlowsAsText() {
        assertThat(modern.hash(FlowKey.parse("tcp:10.0.0.1:1234>10.0.0.2:80"))).isEqualTo(0x6ce42071);
        assertThat(modern.hash(FlowKey.parse("udp:10.0.0.1:1234>10.0.0.2:80"))).isEqualTo(0x2914d26b);
        assertThat(modern.hash(FlowKey.parse("tcp:[2001:db8::1]:1234>[2001:db8::2]:80")))
                .isEqualTo(0x9b33b274);
    }

    @Test
    void shouldGiveTheVectorsOf2635InBothDirections() {
        JhashFlowHash unkeyed = new JhashFlowHash(0);
        JhashFlowHash keyed = new JhashFlowHash(0x12345678);
        assertThat(classify(unkeyed, ipv4().tcp(1234, 80, 0))).isEqualTo("8056f8ad");
        assertThat(classify(keyed, ipv4().tcp(1234, 80, 0))).isEqualTo("d5175613");
        assertThat(classify(keyed, FrameBuilder.ethernet().ipv4(B, A).tcp(80, 1234, 0)))
                .isEqualTo("d5175613");
        assertThat(headers.l4Hash()).isFalse();
        assertThat(keyed.hash(FlowKey.parse("tcp:10.0.0.2:80>10.0.0.1:1234"))).isEqualTo(0xd5175613);
    }
}
