package io.rxsim.bench.verify.kernel;

import java.util.HashMap;
import java.util.Map;

/**
 * Which flow a packet belongs to, told by its hash: every sending socket draws its own. The first packet of a hash belongs to the flow for
 * which a send or connect call was being made. One thread.
 */
final class FlowRegister {
    /** No flow is known for a packet. */
    static final int UNKNOWN = -1;

    private final Map<Long, Integer> flows = new HashMap<>();
    private int calling = UNKNOWN;

    /** A send or connect call begins. */
    void onCall(int flow) {
        calling = flow;
    }

    /** The flow of a packet of this direction and hash. */
    int flow(boolean toReceiver, int hash) {
        long key = (hash & 0xffffffffL) << 1 | (toReceiver ? 1 : 0);
        return flows.computeIfAbsent(key, unseen -> calling);
    }
}
