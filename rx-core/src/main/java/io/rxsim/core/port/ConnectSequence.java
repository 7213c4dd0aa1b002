package io.rxsim.core.port;

import io.rxsim.core.kernel.KernelRules;
import io.rxsim.core.kernel.Rule;
import java.util.BitSet;

/**
 * Could a kernel have given these ports to consecutive connects to one destination? Where its search began is not visible, nor are
 * its random numbers: this keeps all places at which it may be. One thread.
 *
 * <p>Within one ten-second slice of the destination's hash, and where its u32 place does not wrap.
 */
public final class ConnectSequence {
    private static final int RANDOM_STEPS = 8;
    private static final int STEP = 2;

    private final PortWindow window;
    private final PortSet reserved;
    private final boolean modern;
    private final int size;
    private BitSet places = new BitSet();

    /** Nothing seen yet: every place is possible. */
    public ConnectSequence(KernelRules rules, LocalPortRange range, PortSet reserved) {
        window = range.window();
        this.reserved = reserved.copy();
        modern = rules.has(Rule.PORT_PARITY);
        size = modern && window.count() > 1 ? window.count() & ~1 : window.count();
        for (int place = 0; place < size; place += modern ? STEP : 1) {
            places.set(place);
        }
    }

    /**
     * A connect gave a port.
     *
     * @param owned ports of which connections to the destination are known, or may be, in the way; the port itself may be among
     *     them
     * @return whether that is possible; if not, no place is left
     */
    public boolean onPort(int port, PortSet owned) {
        BitSet next = new BitSet();
        for (int place = places.nextSetBit(0); place >= 0; place = places.nextSetBit(place + 1)) {
            final long found = search(place, asked -> asked == port || !owned.contains(asked));
            if (found != PortSearch.NO_PORT && PortSearch.port(found) == port) {
                addNext(next, place, PortSearch.passed(found));
            }
        }
        places = next;
        return !places.isEmpty();
    }

    private void addNext(BitSet next, int place, int passed) {
        if (!modern) {
            next.set((place + passed) % size);
            return;
        }
        for (int random = 0; random < RANDOM_STEPS; random++) {
            next.set((place + Math.max(passed, random * STEP) + STEP) % size);
        }
    }

    private long search(int place, PortSearch.Check check) {
        return modern
                ? PortSearch.connect618(window, place, reserved, check)
                : PortSearch.connect2635(window, place, reserved, check);
    }

    /** Whether a connect may find no port while connections own these. */
    public boolean mayFail(PortSet owned) {
        final int place = places.nextSetBit(0);
        return place >= 0 && search(place, asked -> !owned.contains(asked)) == PortSearch.NO_PORT;
    }
}
