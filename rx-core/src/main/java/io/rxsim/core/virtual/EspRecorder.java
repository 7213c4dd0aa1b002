package io.rxsim.core.virtual;

import io.rxsim.core.table.IntColumn;
import io.rxsim.core.xfrm.EspResult;
import io.rxsim.core.xfrm.EspVerdict;
import java.util.EnumMap;
import java.util.Map;

/** Counts what becomes of a run's ESP packets while measured. One thread. */
final class EspRecorder {
    private static final EspVerdict[] VERDICTS = EspVerdict.values();

    private final long[] verdicts = new long[VERDICTS.length];
    private final IntColumn innerPackets = new IntColumn(0);
    private long packets;
    private long lostEarlier;
    private long outOfOrder;
    private long innerFlows;
    private long reorderWaitNs;
    private long totalNs;

    void onArrived() {
        packets++;
    }

    void onLostEarlier() {
        lostEarlier++;
    }

    void onVerdict(EspVerdict verdict) {
        verdicts[verdict.ordinal()]++;
    }

    /** A packet goes on after one of its association that came later; measured or not, as order is audited. */
    void onOvertaken() {
        outOfOrder++;
    }

    /** A packet inside belongs to a flow. */
    void onInner(int flow) {
        if (innerPackets.get(flow) == 0) {
            innerFlows++;
            innerPackets.set(flow, 1);
        }
    }

    void onReorderWait(long ns) {
        reorderWaitNs += ns;
    }

    /** A packet that arrived as ESP was delivered after this time. */
    void onDelivered(long responseNs) {
        totalNs += responseNs;
    }

    EspResult result(EspResult.Padata padata) {
        Map<EspVerdict, Long> byVerdict = new EnumMap<>(EspVerdict.class);
        for (EspVerdict verdict : VERDICTS) {
            byVerdict.put(verdict, verdicts[verdict.ordinal()]);
        }
        double share = totalNs == 0 ? 0 : Math.min(1, (double) reorderWaitNs / totalNs);
        return new EspResult(packets, byVerdict, lostEarlier, outOfOrder, innerFlows, padata, share);
    }
}
