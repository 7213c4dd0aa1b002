package io.rxsim.core.softnet;

import io.rxsim.core.table.IntRows;

/**
 * The flow hash that sockets keep for RFS ({@code sk_rxhash}; {@code sock_rps_save_rxhash}, {@code sock_rps_record_flow},
 * include/net/sock.h and include/net/rps.h, 6.18).
 *
 * <p>Protocol processing copies it from every packet, a disconnect clears it, and receive and send calls record the caller's
 * CPU under it. A socket that was handed no packet yet has none and records nothing. Sockets are numbers and the hash is one
 * field of a row that may hold more about them, so that a million need no objects. One thread.
 */
public final class SocketFlowHash {
    /** The answer where a socket has no flow hash. */
    public static final int NO_HASH = 0;

    private final IntRows rows;
    private final int field;

    /** Hashes of sockets of which nothing else is kept. */
    public SocketFlowHash() {
        this(new IntRows(NO_HASH), 0);
    }

    /** Hashes in a field of the sockets' rows, initially {@link #NO_HASH}. */
    public SocketFlowHash(IntRows rows, int field) {
        this.rows = rows;
        this.field = field;
    }

    /** Protocol processing hands the socket a packet with this hash. */
    public void onPacket(int socket, int packetHash) {
        rows.set(socket, field, packetHash);
    }

    /** Protocol processing hands a UDP socket a packet; it learns the hash only while it is connected to a peer. */
    public void onPacket(int socket, int packetHash, boolean connected) {
        if (connected) {
            onPacket(socket, packetHash);
        }
    }

    /** A UDP socket disconnects: its hash is forgotten. */
    public void disconnect(int socket) {
        rows.set(socket, field, NO_HASH);
    }

    /** The socket enters a receive or send call: the hash to record its CPU under, or {@link #NO_HASH} to record nothing. */
    public int onCall(int socket) {
        return rows.get(socket, field);
    }

    /** The socket is unhashed, and its number may be used again: the hash whose entry goes, or {@link #NO_HASH}. */
    public int close(int socket) {
        final int known = rows.get(socket, field);
        rows.set(socket, field, NO_HASH);
        return known;
    }
}
