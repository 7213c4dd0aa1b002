package io.rxsim.steering;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/**
 * RFS and RPS written down a second time, from the description and without the product's classes: plain maps and longs,
 * u32 arithmetic modulo 2^32. Slow on purpose; one queue. The answer is {@code cpu + ":" + reason}.
 */
final class NaiveRfs {
    private static final long TWO_32 = 1L << 32;

    private final boolean modern;
    private final int nrCpuIds;
    private final long globalSize;
    private final long queueSize;
    private final int[] mapCpus;
    private final Map<Long, Long> global = new TreeMap<>();
    private final Map<Long, Long> slotCpu = new TreeMap<>();
    private final Map<Long, Long> slotTail = new TreeMap<>();
    final long[] head;
    final long[] tail;
    final boolean[] online;

    NaiveRfs(boolean modern, int nrCpuIds, long globalSize, long queueSize, int... mapCpus) {
        this.modern = modern;
        this.nrCpuIds = nrCpuIds;
        this.globalSize = globalSize;
        this.queueSize = queueSize;
        this.mapCpus = mapCpus;
        head = new long[nrCpuIds];
        tail = new long[nrCpuIds];
        online = new boolean[nrCpuIds];
        Arrays.fill(online, true);
    }

    private long cpuBits() {
        long power = 1;
        while (power < nrCpuIds) {
            power *= 2;
        }
        return power - 1;
    }

    void consumed(long hash, int cpu) {
        if (hash != 0) {
            long low = hash % (cpuBits() + 1);
            global.put(hash % globalSize, modern ? hash - low + cpu : cpu);
        }
    }

    void closed(long hash) {
        if (hash != 0) {
            global.remove(hash % globalSize);
        }
    }

    /** Steers one packet and, if {@code accepted}, appends it to the backlog. */
    String packet(long hash, boolean accepted) {
        if (hash == 0) {
            return "-1:none";
        }
        if (globalSize == 0 || queueSize == 0) {
            long cpu = mapCpu(hash);
            append(cpu, accepted);
            return cpu + (cpu < 0 ? ":none" : ":rps");
        }
        long entry = global.getOrDefault(hash % globalSize, 0xffffL);
        long group = cpuBits() + 1;
        if (modern && entry / group != hash / group) {
            return fallback(hash, accepted);
        }
        long want = modern ? entry % group : entry;
        long slot = slot(hash);
        long cur = slotCpu.getOrDefault(slot, 0xffffL);
        String reason = "match";
        if (cur != want) {
            reason = "held";
            if (!possible(cur) || !online[(int) cur] || drained(cur, slotTail.getOrDefault(slot, 0L))) {
                if (possible(want)) {
                    slotTail.put(slot, head[(int) want]);
                }
                slotCpu.put(slot, want);
                cur = want;
                reason = "migrated";
            }
        }
        if (!possible(cur) || !online[(int) cur]) {
            return fallback(hash, accepted);
        }
        append(cur, accepted);
        if (accepted) {
            slotTail.put(slot, tail[(int) cur]);
        }
        return cur + ":" + reason;
    }

    private String fallback(long hash, boolean accepted) {
        long cpu = mapCpu(hash);
        append(cpu, accepted);
        return cpu + ":fallback";
    }

    private void append(long cpu, boolean accepted) {
        if (cpu >= 0 && accepted) {
            tail[(int) cpu] = (tail[(int) cpu] + 1) % TWO_32;
        }
    }

    private long mapCpu(long hash) {
        if (mapCpus.length == 0) {
            return -1;
        }
        int cpu = mapCpus[(int) (hash * mapCpus.length / TWO_32)];
        return online[cpu] ? cpu : -1;
    }

    private long slot(long hash) {
        return modern ? hash * 0x61C88647L % TWO_32 / (TWO_32 / queueSize) : hash % queueSize;
    }

    private boolean possible(long cpu) {
        return cpu < nrCpuIds;
    }

    /** Whether the head is at the tail or up to 2^31 - 1 beyond it. */
    private boolean drained(long cpu, long lastTail) {
        return (head[(int) cpu] - lastTail + TWO_32) % TWO_32 < TWO_32 / 2;
    }
}
