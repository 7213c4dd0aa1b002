package io.rxsim.bench.jmh;

import io.rxsim.core.packet.EtherType;
import io.rxsim.core.packet.FlowDissector;
import io.rxsim.core.packet.FlowKeys;
import io.rxsim.core.packet.FrameBuilder;
import io.rxsim.core.packet.IpAddress;
import io.rxsim.core.packet.LinkType;
import io.rxsim.core.packet.Packet;
import io.rxsim.core.packet.PacketHeaders;
import java.util.Arrays;
import java.util.SplittableRandom;

/** Frames of random flows. One thread. */
final class Frames {
    /** What a frame holds; the names are parameters of benchmarks. */
    enum Kind {
        UDP_IPV4,
        TCP_IPV6_LABEL,
        GRE,
        VLAN,
        TRUNCATED
    }

    private static final int TCP_ACK = PacketHeaders.TCP_ACK;
    private static final int NO_KEY = 0;
    private static final int PAYLOAD_BYTES = 64;
    private static final int CUT_BYTES = 36;

    private final SplittableRandom random;

    Frames(SplittableRandom random) {
        this.random = random;
    }

    /** The bytes of a frame of a new flow. */
    byte[] frame(Kind kind) {
        return switch (kind) {
            case UDP_IPV4 -> udp(FrameBuilder.ethernet());
            case TCP_IPV6_LABEL ->
                FrameBuilder.ethernet()
                        .ipv6(ipv6(), ipv6(), random.nextInt(1, 1 << 20))
                        .tcp(port(), port(), TCP_ACK)
                        .payload(PAYLOAD_BYTES)
                        .build();
            case GRE ->
                udp(FrameBuilder.ethernet()
                        .ipv4(random.nextInt(), random.nextInt())
                        .gre(NO_KEY));
            case VLAN -> udp(FrameBuilder.ethernet().vlan(EtherType.VLAN, random.nextInt(1, 4095)));
            case TRUNCATED -> Arrays.copyOf(udp(FrameBuilder.ethernet()), CUT_BYTES);
        };
    }

    private byte[] udp(FrameBuilder outer) {
        return outer.ipv4(random.nextInt(), random.nextInt())
                .udp(port(), port())
                .payload(PAYLOAD_BYTES)
                .build();
    }

    private int port() {
        return random.nextInt(1024, 65536);
    }

    private IpAddress ipv6() {
        return IpAddress.parse("2001:db8::" + Integer.toHexString(random.nextInt(1, 65536)));
    }

    /** A packet over a frame of a new flow. */
    Packet packet(Kind kind) {
        byte[] frame = frame(kind);
        return new Packet().wrap(frame, 0, frame.length, LinkType.ETHERNET).stamp(0, frame.length);
    }

    /** Packets over frames of as many flows as a batch has operations. */
    Packet[] batch(Kind kind) {
        Packet[] packets = new Packet[Batch.SIZE];
        for (int i = 0; i < packets.length; i++) {
            packets[i] = packet(kind);
        }
        return packets;
    }

    /** The flow keys of a frame of a new flow. */
    FlowKeys keysOf(Kind kind) {
        FlowKeys keys = new FlowKeys();
        new FlowDissector().dissect(packet(kind), keys, new PacketHeaders());
        return keys;
    }
}
