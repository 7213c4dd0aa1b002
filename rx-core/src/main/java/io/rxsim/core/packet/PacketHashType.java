package io.rxsim.core.packet;

/**
 * What a NIC's hash covers ({@code enum pkt_hash_types} of include/linux/skbuff.h, v6.18). Only a layer-4 hash is taken over
 * by the kernel as the flow hash. Immutable; any thread.
 */
public enum PacketHashType {
    /** No hash. */
    NONE,
    /** Addresses. */
    L3,
    /** Addresses and ports. */
    L4
}
