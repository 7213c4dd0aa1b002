package io.rxsim.workload.closedloop;

import java.util.Arrays;

/**
 * The requests of each connection that wait for an answer, up to a bound: when each was sent first and last, and how often it
 * was sent again. A request is found by the number of the packet that carried it last. Allocates at construction only. One
 * thread.
 */
final class Outstanding {
    private static final int EMPTY = -1;

    private final int perFlow;
    private final int[] sequence;
    private final long[] firstNs;
    private final long[] lastNs;
    private final byte[] repeats;

    /** Nothing outstanding; at most {@code perFlow} requests of a flow are at once. */
    Outstanding(int flows, int perFlow) {
        this.perFlow = perFlow;
        int places = Math.multiplyExact(flows, perFlow);
        sequence = new int[places];
        Arrays.fill(sequence, EMPTY);
        firstNs = new long[places];
        lastNs = new long[places];
        repeats = new byte[places];
    }

    /** A request is sent; fewer than the bound are outstanding. */
    void add(int flow, int packet, long sentNs) {
        final int place = place(flow, packet, EMPTY);
        sequence[place] = packet;
        firstNs[place] = sentNs;
        lastNs[place] = sentNs;
        repeats[place] = 0;
    }

    /** A request is answered; returns when it was sent first. */
    long remove(int flow, int packet) {
        final int place = place(flow, packet, packet);
        sequence[place] = EMPTY;
        return firstNs[place];
    }

    /** When a request was sent last. */
    long lastNs(int flow, int packet) {
        return lastNs[place(flow, packet, packet)];
    }

    /** How often a request was sent again. */
    int repeats(int flow, int packet) {
        return repeats[place(flow, packet, packet)];
    }

    /** A request is sent again, in another packet. */
    void again(int flow, int packet, int inPacket, long sentNs) {
        final int place = place(flow, packet, packet);
        sequence[place] = inPacket;
        lastNs[place] = sentNs;
        repeats[place]++;
    }

    /** The place of a flow that holds a number, looked for from where the packet's is if nothing was ever lost. */
    private int place(int flow, int packet, int holding) {
        final int first = flow * perFlow;
        final int start = Integer.remainderUnsigned(packet, perFlow);
        for (int step = 0; step < perFlow; step++) {
            final int place = first + (start + step) % perFlow;
            if (sequence[place] == holding) {
                return place;
            }
        }
        throw new IllegalStateException(
                "packet " + packet + " of flow " + flow + " has no place among the outstanding");
    }
}
