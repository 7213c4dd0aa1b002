package io.rxsim.core.port;

/**
 * Connections by destination and local port: the kernel's established hash. Open addressing with linear probing; removing closes
 * the gap, so that no search meets what is gone. Doubles when more than half full. One thread.
 */
final class FourTuples {
    private static final long SPREAD = 0x9e3779b97f4a7c15L;
    private static final int FIRST_BITS = 12;

    /** Destination and port, one more than it, so that 0 is an empty slot. */
    private long[] keys = new long[1 << FIRST_BITS];

    private int[] sockets = new int[1 << FIRST_BITS];
    private int shift = Long.SIZE - FIRST_BITS;
    private int size;

    private static long key(int destination, int port) {
        return ((long) destination << 16 | port) + 1;
    }

    private int home(long key) {
        return (int) (key * SPREAD >>> shift);
    }

    /** Slot of a key, or of the empty slot that ends the search for it. */
    private int slot(long key) {
        final long[] all = keys;
        final int mask = all.length - 1;
        int slot = home(key);
        while (all[slot] != 0 && all[slot] != key) {
            slot = slot + 1 & mask;
        }
        return slot;
    }

    /** The socket of a connection, or {@link SocketTable#NONE}. */
    int get(int destination, int port) {
        final long key = key(destination, port);
        final int slot = slot(key);
        return keys[slot] == key ? sockets[slot] : SocketTable.NONE;
    }

    /** Adds a connection that is not there. */
    void put(int destination, int port, int socket) {
        if (++size > keys.length / 2) {
            grow();
        }
        final long key = key(destination, port);
        final int slot = slot(key);
        keys[slot] = key;
        sockets[slot] = socket;
    }

    private void grow() {
        final long[] oldKeys = keys;
        final int[] oldSockets = sockets;
        keys = new long[2 * oldKeys.length];
        sockets = new int[keys.length];
        shift--;
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldKeys[i] != 0) {
                final int slot = slot(oldKeys[i]);
                keys[slot] = oldKeys[i];
                sockets[slot] = oldSockets[i];
            }
        }
    }

    /** Removes a connection that is there. */
    void remove(int destination, int port) {
        final int mask = keys.length - 1;
        int gap = slot(key(destination, port));
        size--;
        // what lies behind the gap and could not be found across it moves into it
        for (int slot = gap + 1 & mask; keys[slot] != 0; slot = slot + 1 & mask) {
            if ((slot - home(keys[slot]) & mask) >= (slot - gap & mask)) {
                keys[gap] = keys[slot];
                sockets[gap] = sockets[slot];
                gap = slot;
            }
        }
        keys[gap] = 0;
    }

    /** Slots there are room for now. */
    int capacity() {
        return keys.length;
    }
}
