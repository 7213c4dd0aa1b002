package io.rxsim.core.packet;

import io.rxsim.core.hash.JHash;

/**
 * The flow hash of v2.6.35: jhash (lookup2) over two words of addresses and the ports word.
 *
 * <p>Models: the hash part of {@code get_rps_cpu}, net/core/dev.c, 2.6.35, on a little-endian machine. Only what the driver
 * reports as IPv4 or IPv6 is hashed; a VLAN tag, a tunnel or an extension header is not entered, a fragment is not
 * recognised (a later one hashes its data as ports), AH lends its first four bytes, of an IPv6 address the last 32 bits
 * count. Addresses and ports are sorted as raw words; 1 is taken instead of 0. Everything else has
 * {@linkplain FlowHash#NO_HASH no hash}.
 *
 * <p>A {@link FlowKey} of AH names only the SPI, which this hash does not see; it stands for AH of a TCP packet with a 96-bit
 * check value.
 *
 * <p>That kernel has no {@code l4_hash} flag; {@link PacketHeaders#l4Hash()} is false. The headers themselves are dissected
 * by {@link FlowDissector}: which socket a packet belongs to does not depend on the era.
 *
 * <p>One thread per instance.
 */
public final class JhashFlowHash implements FlowHash {
    private static final int IPV4_BYTES = 20;
    private static final int IPV6_BYTES = 40;
    private static final int PORTS_BYTES = 4;
    /** AH of a TCP packet with a 96-bit check value: next header, length in words minus 2, reserved. */
    private static final int AH_FIRST_WORD = IpProtocol.TCP << 24 | 4 << 16;

    private final int secret;
    private final FlowDissector dissector = new FlowDissector();
    private final FlowKeys keys = new FlowKeys();

    /**
     * Takes the secret.
     *
     * @param secret 32 random bits, one value per boot
     */
    public JhashFlowHash(int secret) {
        this.secret = secret;
    }

    @Override
    public int classify(Packet packet, PacketHeaders headers) {
        dissector.dissect(packet, keys, headers);
        int end = packet.offset + packet.capturedLength;
        return headers.record(hash(packet.data, headers.networkOffset, end, headers.etherType), false);
    }

    @Override
    public int hash(FlowKey flow) {
        int source = (int) flow.source().low();
        int destination = (int) flow.destination().low();
        int ports = flow.protocol() == IpProtocol.AH ? AH_FIRST_WORD : flow.portsWord();
        return hash(source, destination, ports);
    }

    /**
     * Computes the hash of two addresses and a ports word.
     *
     * @param source an IPv4 address, or the last 32 bits of an IPv6 address, as a number
     * @param destination likewise
     * @param ports {@code source port << 16 | destination port}, or the first four bytes of ESP or AH
     * @return the 32-bit hash, never 0
     */
    public int hash(int source, int destination, int ports) {
        int first = Integer.reverseBytes(source);
        int second = Integer.reverseBytes(destination);
        boolean swap = Integer.compareUnsigned(second, first) < 0;
        int hash = JHash.lookup2Words3(swap ? second : first, swap ? first : second, sortedRaw(ports), secret);
        return hash == 0 ? 1 : hash;
    }

    private static int sortedRaw(int ports) {
        int raw = Integer.reverseBytes(ports);
        // in a little-endian word the first of the two ports is the low half
        return raw >>> 16 < (raw & 0xffff) ? Integer.rotateLeft(raw, 16) : raw;
    }

    private int hash(byte[] data, int ip, int end, int etherType) {
        if (etherType == EtherType.IPV4 && end - ip >= IPV4_BYTES) {
            int headerBytes = (data[ip] & 0x0f) << 2;
            int ports = ports(data, ip + headerBytes, end, Bytes.u8(data, ip + 9));
            return hash(Bytes.i32(data, ip + 12), Bytes.i32(data, ip + 16), ports);
        }
        if (etherType == EtherType.IPV6 && end - ip >= IPV6_BYTES) {
            int ports = ports(data, ip + IPV6_BYTES, end, Bytes.u8(data, ip + 6));
            return hash(Bytes.i32(data, ip + 20), Bytes.i32(data, ip + 36), ports);
        }
        return NO_HASH;
    }

    private static int ports(byte[] data, int transport, int end, int protocol) {
        boolean hashed = IpProtocol.portsOffset(protocol) >= 0 && end - transport >= PORTS_BYTES;
        return hashed ? Bytes.i32(data, transport) : 0;
    }
}
