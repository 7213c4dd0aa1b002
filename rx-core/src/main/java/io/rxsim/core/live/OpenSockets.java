package io.rxsim.core.live;

import java.util.LinkedHashSet;
import java.util.Set;

/** The sockets of a host that may hold packets. Any thread. */
final class OpenSockets<M> {
    private static final int MAX_CAPACITY = 65_536;

    private final Set<LiveSocket<M>> open = new LinkedHashSet<>();
    private final Set<LiveSocket<M>> closed = new LinkedHashSet<>();

    synchronized LiveSocket<M> open(Receiver<M> receiver, int capacity) {
        if (capacity < 1 || capacity > MAX_CAPACITY) {
            throw new IllegalArgumentException("capacity=" + capacity + ", allowed is 1 to " + MAX_CAPACITY);
        }
        LiveSocket<M> socket = new LiveSocket<>(receiver, capacity);
        open.add(socket);
        return socket;
    }

    /** A closed socket is kept until it is empty; what still comes is refused by then. */
    synchronized void onClosed(LiveSocket<M> socket) {
        closed.removeIf(earlier -> earlier.length() == 0);
        open.remove(socket);
        closed.add(socket);
    }

    synchronized long queued() {
        long count = 0;
        for (LiveSocket<M> socket : open) {
            count += socket.length();
        }
        for (LiveSocket<M> socket : closed) {
            count += socket.length();
        }
        return count;
    }

    /** How many packets the sockets of one receiver hold. */
    synchronized long queuedAt(Receiver<M> receiver) {
        long count = 0;
        for (LiveSocket<M> socket : open) {
            count += socket.receiver() == receiver ? socket.length() : 0;
        }
        for (LiveSocket<M> socket : closed) {
            count += socket.receiver() == receiver ? socket.length() : 0;
        }
        return count;
    }
}
