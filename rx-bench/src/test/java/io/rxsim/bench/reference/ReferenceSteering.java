package io.rxsim.bench.reference;

import static java.lang.Math.floorMod;

import java.util.Arrays;
import java.util.function.IntPredicate;
import java.util.function.IntToLongFunction;

/** RPS and RFS of one queue for {@link ReferenceHost}: plain arrays, u32 arithmetic in longs. */
final class ReferenceSteering {
    private static final long U32 = 1L << 32;
    private static final long UNSET = 0xffff;

    private final boolean modern;
    private final int nrCpus;
    private final IntPredicate online;
    private final IntToLongFunction head;
    long[] map = {};
    String reason;
    private long[] global = {};
    private long[] slotCpu = {};
    private long[] slotTail = {};
    private int slotOf;

    ReferenceSteering(boolean modern, int nrCpus, IntPredicate online, IntToLongFunction head) {
        this.modern = modern;
        this.nrCpus = nrCpus;
        this.online = online;
        this.head = head;
    }

    void sockFlowEntries(int entries) {
        global = new long[entries];
        Arrays.fill(global, UNSET);
    }

    void flowCnt(int slots) {
        slotCpu = new long[slots];
        Arrays.fill(slotCpu, UNSET);
        slotTail = new long[slots];
    }

    private long group() {
        return nrCpus == 1 ? 1 : Long.highestOneBit(nrCpus - 1) * 2;
    }

    /** The application of a flow runs on a CPU; -1 if it is gone. */
    void consumed(long hash, int cpu) {
        if (hash != 0 && global.length > 0) {
            global[(int) (hash % global.length)] = cpu < 0 ? UNSET : modern ? hash - hash % group() + cpu : cpu;
        }
    }

    private boolean usable(long cpu) {
        return cpu < nrCpus && online.test((int) cpu);
    }

    /** The CPU that a packet is steered to, or -1; why is left in {@code reason}. */
    long steer(long hash) {
        slotOf = -1;
        boolean rfs = hash != 0 && global.length > 0 && slotCpu.length > 0;
        long entry = rfs ? global[(int) (hash % global.length)] : 0;
        if (rfs && (!modern || entry / group() == hash / group())) {
            long want = modern ? entry % group() : entry;
            long size = slotCpu.length;
            int slot = (int) (modern ? hash * 0x61C88647L % U32 / (U32 / size) : hash % size);
            boolean stays = slotCpu[slot] == want;
            boolean moves = !stays
                    && (!usable(slotCpu[slot])
                            || floorMod(head.applyAsLong((int) slotCpu[slot]) - slotTail[slot], U32) < U32 / 2);
            if (moves) {
                slotTail[slot] = want < nrCpus ? head.applyAsLong((int) want) : slotTail[slot];
                slotCpu[slot] = want;
            }
            if (usable(slotCpu[slot])) {
                slotOf = slot;
                return decided(slotCpu[slot], stays ? "MATCH" : moves ? "MIGRATED" : "HELD");
            }
        }
        long cpu = hash == 0 || map.length == 0 ? -1 : map[(int) (hash * map.length / U32)];
        cpu = cpu >= 0 && usable(cpu) ? cpu : -1;
        return decided(cpu, rfs ? "FALLBACK" : cpu < 0 ? "NONE" : "RPS");
    }

    private long decided(long cpu, String why) {
        reason = why;
        return cpu;
    }

    /** The packet steered last was queued; the tail behind it. */
    void queued(long tail) {
        if (slotOf >= 0) {
            slotTail[slotOf] = tail;
        }
    }
}
