package io.rxsim.workload.closedloop;

import java.util.Arrays;

/**
 * Acknowledgements between the hosts, per connection in order: linked lists over parallel arrays, which grow to the most that were
 * ever under way. One thread.
 */
final class AcksUnderWay {
    private static final int NONE = -1;

    private final int[] first;
    private final int[] last;
    private int[] expected = new int[64];
    private int[] edge = new int[64];
    private int[] following = new int[64];
    private int used;
    private int free = NONE;

    AcksUnderWay(int flows) {
        first = new int[flows];
        Arrays.fill(first, NONE);
        last = new int[flows];
    }

    /** An acknowledgement leaves the host: the segment that it expects, and the first that it does not take. */
    void add(int flow, int itsExpected, int itsEdge) {
        int place = free;
        if (place == NONE) {
            if (used == expected.length) {
                expected = Arrays.copyOf(expected, used * 2);
                edge = Arrays.copyOf(edge, used * 2);
                following = Arrays.copyOf(following, used * 2);
            }
            place = used++;
        } else {
            free = following[place];
        }
        expected[place] = itsExpected;
        edge[place] = itsEdge;
        following[place] = NONE;
        if (first[flow] == NONE) {
            first[flow] = place;
        } else {
            following[last[flow]] = place;
        }
        last[flow] = place;
    }

    /** What the first one under way expects; there is one. */
    int expected(int flow) {
        return expected[first[flow]];
    }

    /** The first segment that it does not take. */
    int edge(int flow) {
        return edge[first[flow]];
    }

    /** The first one arrives. */
    void remove(int flow) {
        final int place = first[flow];
        first[flow] = following[place];
        following[place] = free;
        free = place;
    }
}
