package io.rxsim.core.port;

/**
 * Connections by destination and local port: the kernel's established hash. Open addressing with linear probing, one word per slot;
 * removing closes the gap, so that no search meets what is gone. Doubles when more than half full. One thread.
 */
final class FourTuples {
    /** Most bits of a socket's number. */
    static final int SOCKET_BITS = 24;

    private static final long SPREAD = 0x9e3779b97f4a7c15L;
    private static final int FIRST_BITS = 12;
    private static final long SOCKET_MASK = (1L << SOCKET_BITS) - 1;

    /** Destination (20 bits), port (16) and, one more than it, so that 0 is an empty slot, socket. */
    private long[] slots = new long[1 << FIRST_BITS];

    private int shift = Long.SIZE - FIRST_BITS;
    private int size;

    private static long key(int destination, int port) {
        return (long) destination << 16 | port;
    }

    private int home(long key) {
        return (int) (key * SPREAD >>> shift);
    }

    /** Slot of a key, or of the empty slot that ends the search for it. */
    private int slot(long key) {
        final long[] all = slots;
        final int mask = all.length - 1;
        int slot = home(key);
        while (all[slot] != 0 && all[slot] >>> SOCKET_BITS != key) {
            slot = slot + 1 & mask;
        }
        return slot;
    }

    /** The socket of a connection, or {@link SocketTable#NONE}. */
    int get(int destination, int port) {
        return (int) (slots[slot(key(destination, port))] & SOCKET_MASK) - 1;
    }

    /** Adds a connection that is not there. */
    void put(int destination, int port, int socket) {
        if (++size > slots.length / 2) {
            grow();
        }
        final long key = key(destination, port);
        slots[slot(key)] = key << SOCKET_BITS | socket + 1;
    }

    private void grow() {
        final long[] old = slots;
        slots = new long[2 * old.length];
        shift--;
        for (long entry : old) {
            if (entry != 0) {
                slots[slot(entry >>> SOCKET_BITS)] = entry;
            }
        }
    }

    /** Removes a connection that is there. */
    void remove(int destination, int port) {
        final int mask = slots.length - 1;
        int gap = slot(key(destination, port));
        size--;
        // what lies behind the gap and could not be found across it moves into it
        for (int slot = gap + 1 & mask; slots[slot] != 0; slot = slot + 1 & mask) {
            if ((slot - home(slots[slot] >>> SOCKET_BITS) & mask) >= (slot - gap & mask)) {
                slots[gap] = slots[slot];
                gap = slot;
            }
        }
        slots[gap] = 0;
    }

    /** Bytes of the slots. */
    long bytes() {
        return (long) Long.BYTES * slots.length;
    }
}
