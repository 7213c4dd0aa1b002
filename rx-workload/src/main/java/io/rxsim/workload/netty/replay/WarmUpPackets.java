package io.rxsim.workload.netty.replay;

import io.rxsim.core.run.Arrival;
import io.rxsim.core.run.ArrivalSource;

/** Datagrams that stand for nobody's, 20 us apart, enough of them to have all code of a replay compiled. One thread. */
public final class WarmUpPackets implements ArrivalSource {
    private static final int PACKETS = 25_000;
    private static final int FLOWS = 64;
    private static final long GAP_NS = 20_000;
    private static final int MIX = 0x9e37_79b1;

    private int next;

    @Override
    public boolean next(Arrival out) {
        if (next == PACKETS) {
            return false;
        }
        out.timeNs = next * GAP_NS;
        out.flow = next % FLOWS;
        out.sequence = next / FLOWS;
        out.hash = (out.flow + 1) * MIX;
        out.rssHash = out.hash;
        out.lengthBytes = ReplayHeader.BYTES;
        out.socket = true;
        next++;
        return true;
    }

    @Override
    public String describeFlow(int flow) {
        return "udp:127.0.0.1:" + (flow + 1) + ">127.0.0.1:9";
    }
}
