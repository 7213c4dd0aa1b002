package io.rxsim.core.softnet;

import io.rxsim.core.table.IntColumn;

/**
 * The flow hash that sockets keep for RFS ({@code sk_rxhash}; {@code sock_rps_save_rxhash}, {@code sock_rps_record_flow},
 * include/net/sock.h and include/net/rps.h, 6.18).
 *
 * <p>Protocol processing copies it from every packet, a disconnect clears it, and receive and send calls record the caller's
 * CPU under it. A socket that was handed no packet yet has none and records nothing. Sockets are numbers, so that a million
 * need no objects. One thread.
 */
public final class SocketFlowHash {
    /** The answer where a socket has no flow hash. */
    public static final int NO_HASH = 0;

    private final IntColumn hash = new IntColumn(NO_HASH);
    private final IntColumn recorded = new IntColumn(0);

    /** Protocol processing hands the socket a packet with this hash. */
    public void onPacket(int socket, int packetHash) {
        hash.set(socket, packetHash);
    }

    /** A UDP socket disconnects: its hash is forgotten. */
    public void disconnect(int socket) {
        hash.set(socket, NO_HASH);
    }

    /** The socket enters a receive or send call: the hash to record its CPU under, or {@link #NO_HASH} to record nothing. */
    public int onCall(int socket) {
        final int known = hash.get(socket);
        if (known != NO_HASH && recorded.get(socket) == 0) {
            recorded.set(socket, 1);
        }
        return known;
    }

    /** Whether the socket has recorded a CPU since it was made. */
    public boolean hasRecorded(int socket) {
        return recorded.get(socket) != 0;
    }

    /** The socket is unhashed, and its number may be used again: the hash whose entry goes, or {@link #NO_HASH}. */
    public int close(int socket) {
        final int known = hash.get(socket);
        hash.set(socket, NO_HASH);
        recorded.set(socket, 0);
        return known;
    }
}
