package io.rxsim.workload.esp;

import io.rxsim.core.packet.FlowHash;
import io.rxsim.core.packet.FlowKey;
import io.rxsim.core.packet.IpAddress;
import io.rxsim.core.packet.IpProtocol;
import io.rxsim.core.packet.PacketHeaders;
import io.rxsim.core.packet.RssHash;
import io.rxsim.core.run.RandomStreams;
import io.rxsim.workload.spec.PacketHashing;

/**
 * Generated tunnels: ESP over IPv4 from gateways in 10.0.0.0/8 to 192.0.2.1, SPIs counted from 0x1000. A tunnel's gateway comes
 * from a stream of its own ({@code tunnels/tunnel-17}). Hashes are computed once. Immutable; any thread.
 */
final class EspTunnels {
    static final int MAX = 65_536;

    private static final int FIRST_SPI = 0x1000;
    private static final int GATEWAY_NET = 10 << 24;
    private static final IpAddress HOST = IpAddress.parse("192.0.2.1");

    private final int[] gateways;
    private final int[] hashes;
    private final int[] rssHashes;

    EspTunnels(int tunnels, PacketHashing hashing, long seed) {
        gateways = new int[tunnels];
        hashes = new int[tunnels];
        rssHashes = new int[tunnels];
        FlowHash flowHash = hashing.flowHash();
        RssHash rssHash = hashing.rssHash();
        PacketHeaders headers = new PacketHeaders();
        for (int tunnel = 0; tunnel < tunnels; tunnel++) {
            gateways[tunnel] = GATEWAY_NET
                    | RandomStreams.stream(seed, "tunnels/tunnel-" + tunnel).nextInt(1 << 24);
            FlowKey key = key(tunnel);
            key.toHeaders(headers);
            hashes[tunnel] = flowHash.hash(key);
            rssHashes[tunnel] = rssHash.hash(headers);
        }
    }

    int count() {
        return gateways.length;
    }

    /** The kernel's hash, which the SPI is part of. */
    int hash(int tunnel) {
        return hashes[tunnel];
    }

    /** The NIC's hash, of the addresses alone. */
    int rssHash(int tunnel) {
        return rssHashes[tunnel];
    }

    FlowKey key(int tunnel) {
        return new FlowKey(IpProtocol.ESP, IpAddress.ofIpv4(gateways[tunnel]), HOST, FIRST_SPI + tunnel);
    }
}
