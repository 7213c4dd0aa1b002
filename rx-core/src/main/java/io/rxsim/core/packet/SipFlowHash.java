package io.rxsim.core.packet;

import io.rxsim.core.hash.SipHash;

/**
 * The flow hash of v6.18: SipHash-2-4 over the flow keys, made equal for both directions.
 *
 * <p>Models: {@code __flow_hash_consistentify} and {@code __flow_hash_from_keys} of net/core/flow_dissector.c, v6.18, on a
 * little-endian machine: addresses are sorted (IPv4 as raw little-endian words, IPv6 byte by byte), the two halves of the
 * ports word are sorted independently of them, and the low 32 bits of the hash are taken, 1 instead of 0. The hash counts
 * as layer 4 if the ports word or the flow label is not zero.
 *
 * <p>Every packet gets a hash. One thread per instance.
 */
public final class SipFlowHash implements FlowHash {
    private static final int WORDS_WITHOUT_ADDRESSES = 5;
    private static final int WORDS_IPV4 = 6;
    private static final int WORDS_IPV6 = 9;

    private final SipHash sipHash;
    private final FlowDissector dissector = new FlowDissector();
    private final FlowKeys keys = new FlowKeys();
    private final long[] words = new long[WORDS_IPV6];

    /**
     * Takes the key.
     *
     * @param sipHash SipHash under the key of the run
     */
    public SipFlowHash(SipHash sipHash) {
        this.sipHash = sipHash;
    }

    /**
     * Takes the key as bytes.
     *
     * @param key 16 bytes
     * @return the flow hash under that key
     * @throws IllegalArgumentException if the key is not 16 bytes long
     */
    public static SipFlowHash ofKey(byte[] key) {
        return new SipFlowHash(SipHash.ofKey(key));
    }

    @Override
    public int classify(Packet packet, PacketHeaders headers) {
        dissector.dissect(packet, keys, headers);
        return headers.record(hash(keys), keys.l4());
    }

    @Override
    public int hash(FlowKey flow) {
        flow.toFlowKeys(keys);
        return hash(keys);
    }

    /**
     * Returns the keys of the packet or flow hashed last.
     *
     * @return this instance's own keys; overwritten by the next call
     */
    public FlowKeys keys() {
        return keys;
    }

    /**
     * Computes the hash of flow keys.
     *
     * @param flow the keys, not changed
     * @return the 32-bit hash, never 0
     */
    public int hash(FlowKeys flow) {
        long[] w = words;
        w[0] = swap16(flow.etherType) | (long) flow.ipProtocol << 16 | (long) flow.flowLabel << 32;
        w[1] = flow.vlanTci | swap16(flow.vlanTpid) << 16 | swap16(flow.vlanEtherType) << 32;
        w[2] = 0;
        w[3] = Integer.toUnsignedLong(Integer.reverseBytes(flow.greKey))
                | (long) Integer.reverseBytes(sortedPorts(flow.ports)) << 32;
        int count = switch (flow.ipVersion) {
            case 4 -> layOutIpv4(flow, w);
            case 6 -> layOutIpv6(flow, w);
            default -> layOutNoAddress(w);
        };
        int hash = (int) sipHash.hash(w, count);
        return hash == 0 ? 1 : hash;
    }

    private static long swap16(int value) {
        return Short.reverseBytes((short) value) & 0xffffL;
    }

    /** Puts the port first that is smaller when loaded as a little-endian word; without addresses both are 0. */
    private static int sortedPorts(int ports) {
        long source = swap16(ports >>> 16);
        long destination = swap16(ports & 0xffff);
        return destination < source ? Integer.rotateLeft(ports, 16) : ports;
    }

    private static int layOutNoAddress(long[] w) {
        w[4] = 0;
        return WORDS_WITHOUT_ADDRESSES;
    }

    private static int layOutIpv4(FlowKeys flow, long[] w) {
        int source = Integer.reverseBytes((int) flow.sourceLow);
        int destination = Integer.reverseBytes((int) flow.destinationLow);
        boolean swap = Integer.compareUnsigned(destination, source) < 0;
        w[4] = (long) (swap ? destination : source) << 32;
        w[5] = Integer.toUnsignedLong(swap ? source : destination);
        return WORDS_IPV4;
    }

    private static int layOutIpv6(FlowKeys flow, long[] w) {
        int order = Long.compareUnsigned(flow.destinationHigh, flow.sourceHigh);
        if (order == 0) {
            order = Long.compareUnsigned(flow.destinationLow, flow.sourceLow);
        }
        boolean swap = order < 0;
        long first0 = Long.reverseBytes(swap ? flow.destinationHigh : flow.sourceHigh);
        long first1 = Long.reverseBytes(swap ? flow.destinationLow : flow.sourceLow);
        long second0 = Long.reverseBytes(swap ? flow.sourceHigh : flow.destinationHigh);
        long second1 = Long.reverseBytes(swap ? flow.sourceLow : flow.destinationLow);
        // the addresses begin in the middle of a word, at byte 36
        w[4] = first0 << 32;
        w[5] = first0 >>> 32 | first1 << 32;
        w[6] = first1 >>> 32 | second0 << 32;
        w[7] = second0 >>> 32 | second1 << 32;
        w[8] = second1 >>> 32;
        return WORDS_IPV6;
    }
}
