package io.rxsim.core.packet;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Frames of every kind that the dissector knows, between random addresses. */
final class SampleFrames {
    final int source;
    final int destination;
    final int outerSource;
    final int outerDestination;
    final IpAddress source6;
    final IpAddress destination6;
    final int sourcePort;
    final int destinationPort;
    private final Map<String, byte[]> frames = new LinkedHashMap<>();

    SampleFrames(Random random) {
        source = random.nextInt();
        destination = random.nextInt();
        outerSource = random.nextInt();
        outerDestination = random.nextInt();
        source6 = IpAddress.ofIpv6(random.nextLong(), random.nextLong());
        destination6 = IpAddress.ofIpv6(random.nextLong(), random.nextLong());
        sourcePort = 1 + random.nextInt(65535);
        destinationPort = 1 + random.nextInt(65535);
        plain();
        tagged();
        tunnelled();
        extended();
    }

    /** All frames, by a name. */
    Map<String, byte[]> all() {
        return frames;
    }

    List<byte[]> list() {
        return new ArrayList<>(frames.values());
    }

    private void add(String name, FrameBuilder frame) {
        frames.put(name, frame.payload(20).build());
    }

    FrameBuilder ipv4() {
        return FrameBuilder.ethernet().ipv4(source, destination);
    }

    FrameBuilder ipv6(int flowLabel) {
        return FrameBuilder.ethernet().ipv6(source6, destination6, flowLabel);
    }

    FrameBuilder outer() {
        return FrameBuilder.ethernet().ipv4(outerSource, outerDestination);
    }

    FrameBuilder udp(FrameBuilder behind) {
        return behind.udp(sourcePort, destinationPort);
    }

    FrameBuilder innerUdp(FrameBuilder behind) {
        return udp(behind.ipv4(source, destination));
    }

    private void plain() {
        add("udp", udp(ipv4()));
        add(
                "tcp",
                ipv4().tcp(sourcePort, destinationPort, PacketHeaders.TCP_SYN).options(5));
        add("udp-lite", ipv4().ports(IpProtocol.UDP_LITE, sourcePort, destinationPort));
        add("sctp", ipv4().ports(IpProtocol.SCTP, sourcePort, destinationPort));
        add("dccp", ipv4().ports(IpProtocol.DCCP, sourcePort, destinationPort));
        add("icmp", ipv4().icmpEcho(1));
        add("igmp", ipv4().protocol(2));
        add("esp", ipv4().esp(0x12345678));
        add("ah", ipv4().ah(0x12345678).tcp(sourcePort, destinationPort, 0));
        add("options", udp(ipv4().options(3)));
        add("first fragment", udp(ipv4().fragment(FrameBuilder.MORE_FRAGMENTS)));
        add("last fragment", ipv4().fragment(6).protocol(IpProtocol.UDP));
        add("arp", FrameBuilder.ethernet().arp(source, destination));
        add("unknown ether type", FrameBuilder.ethernet().etherType(0x88b5));
        add("802.3", FrameBuilder.ethernet().etherType(20));
    }

    private void tagged() {
        add("vlan", innerUdp(FrameBuilder.ethernet().vlan(0x8100, 5)));
        add("qinq", innerUdp(FrameBuilder.ethernet().vlan(0x88a8, 7).vlan(0x8100, 5)));
        add("mpls", innerUdp(FrameBuilder.ethernet().mpls(1000)));
        add("pppoe", innerUdp(pppoe(0x0021)));
        add("pppoe6", udp(pppoe(0x0057).ipv6(source6, destination6, 0)));
    }

    static FrameBuilder pppoe(int pppProtocol) {
        FrameBuilder frame = FrameBuilder.ethernet().etherType(EtherType.PPPOE_SESSION);
        return frame.put(0x1100, 2).put(1, 2).put(50, 2).put(pppProtocol, 2);
    }

    static FrameBuilder pptp(FrameBuilder behind, int pppProtocol) {
        // key and sequence number present, acknowledgement present, version 1: 20 bytes with the PPP header
        FrameBuilder frame = behind.gre(0x3081).etherType(EtherType.PPP);
        return frame.put(0xffff0007, 4).put(1, 4).put(2, 4).put(0xff03, 2).put(pppProtocol, 2);
    }

    private void tunnelled() {
        add("ipip", innerUdp(outer()));
        add("6in4", udp(outer().ipv6(source6, destination6, 0)));
        add("4in6", innerUdp(ipv6(0)));
        add("6in6", udp(ipv6(0).ipv6(source6, destination6, 0)));
        add("gre", innerUdp(outer().gre(0)));
        add("gre key", innerUdp(outer().greKey(11)));
        add("gre all fields", innerUdp(outer().gre(0xb000).put(0, 4).put(11, 4).put(1, 4)));
        add("gre bridged", innerUdp(outer().gre(0).bridged().vlan(0x8100, 9)));
        add("gre routing", innerUdp(outer().gre(0x4000)));
        add("gre version 2", innerUdp(outer().gre(2)));
        add("pptp", innerUdp(pptp(outer(), 0x0021)));
        add("vxlan", innerUdp(outer().vxlan(4789, 77)));
        add("mpls in ip", innerUdp(outer().mpls(5)));
    }

    private void extended() {
        add("udp6", udp(ipv6(0)));
        add("tcp6", ipv6(0).tcp(sourcePort, destinationPort, PacketHeaders.TCP_ACK));
        add("icmp6", ipv6(0).icmpEcho(1));
        add("flow label", udp(ipv6(0x12345)));
        add("hop-by-hop", udp(ipv6(0).extension(IpProtocol.HOP_BY_HOP, 0)));
        add(
                "three extensions",
                udp(ipv6(0).extension(IpProtocol.HOP_BY_HOP, 1)
                        .extension(IpProtocol.ROUTING, 2)
                        .extension(IpProtocol.DESTINATION_OPTIONS, 0)));
        add("first fragment 6", udp(ipv6(0).fragmentHeader(0, true)));
        add("last fragment 6", ipv6(0).fragmentHeader(6, false).protocol(IpProtocol.UDP));
        add("atomic fragment 6", udp(ipv6(0).fragmentHeader(0, false)));
        add(
                "flow label, fragment",
                udp(ipv6(5).extension(IpProtocol.HOP_BY_HOP, 0).fragmentHeader(0, true)));
        add("flow label, tunnel", innerUdp(ipv6(5)));
    }
}
