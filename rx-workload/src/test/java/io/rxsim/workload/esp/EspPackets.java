package io.rxsim.workload.esp;

import io.rxsim.core.hash.SipHash;
import io.rxsim.core.packet.FlowHash;
import io.rxsim.core.packet.FrameBuilder;
import io.rxsim.core.packet.IpAddress;
import io.rxsim.core.packet.LinkType;
import io.rxsim.core.packet.Packet;
import io.rxsim.core.packet.PacketHeaders;
import io.rxsim.core.packet.SipFlowHash;
import java.util.Arrays;

/** Packets for tests: made by {@link EspOutbound}, dissected as the host does. */
final class EspPackets {
    static final IpAddress LEFT = IpAddress.parse("203.0.113.1");
    static final IpAddress RIGHT = IpAddress.parse("203.0.113.2");

    final FlowHash hash = new SipFlowHash(new SipHash(1, 2));
    final Packet packet = new Packet();
    final PacketHeaders headers = new PacketHeaders();
    final Packet inner = new Packet();
    final PacketHeaders innerHeaders = new PacketHeaders();

    static SecurityAssociation association(int spi, EspMode mode, int keyBytes, int icvBytes) {
        byte[] key = new byte[keyBytes];
        Arrays.fill(key, (byte) spi);
        return new SecurityAssociation(
                spi, mode, new EspAlgorithm(keyBytes, icvBytes), key, new byte[] {1, 2, 3, (byte) spi});
    }

    static byte[] udp(int port, int payloadBytes) {
        return FrameBuilder.rawIp()
                .ipv4(0x0a000001, 0x0a000002)
                .udp(port, 9)
                .payload(payloadBytes)
                .build();
    }

    static byte[] udp6(int port, int payloadBytes) {
        return FrameBuilder.rawIp()
                .ipv6(IpAddress.parse("2001:db8::1"), IpAddress.parse("2001:db8::2"), 0)
                .udp(port, 9)
                .payload(payloadBytes)
                .build();
    }

    static byte[] sealed(EspOutbound out, byte[] ip) {
        byte[] outer = new byte[ip.length + 120];
        return Arrays.copyOf(outer, out.encapsulate(ip, 0, ip.length, outer, 0));
    }

    /** Dissects an outer IP packet and takes it in. */
    int receive(EspReceiver receiver, byte[] ip) {
        hash.classify(packet.wrap(ip, 0, ip.length, LinkType.RAW_IP), headers);
        return receiver.receive(packet, headers, inner);
    }

    byte[] innerBytes() {
        return Arrays.copyOfRange(inner.data(), inner.offset(), inner.offset() + inner.capturedLength());
    }
}
