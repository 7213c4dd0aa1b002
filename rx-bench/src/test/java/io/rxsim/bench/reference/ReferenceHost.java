package io.rxsim.bench.reference;

import io.rxsim.core.softnet.DropReason;
import io.rxsim.core.steer.SteeringReason;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * {@code netif_rx} to the end of protocol processing, RPS, RFS and flow limit, written a second time from the description: plain
 * lists, longs modulo 2^32, nothing of the product but two enums. Only protocol processing and interrupts for backlogs take time.
 */
final class ReferenceHost {
    static final int STEERED = 0, QUEUED = 1, DROPPED = 2, PROCESSED = 3;
    static final long IPI_NS = 317, U32 = 1L << 32, NEVER = Long.MAX_VALUE, TICK_NS = 4_000_000, UNSET = 0xffff;

    record Packet(long flow, long hash, long ns) {}

    /** One CPU; {@code seen} are the flow limit buckets of its packets, {@code held} counts the last 128, if it has a table. */
    static final class Cpu {
        private int number;
        private List<Packet> input = new ArrayList<>(), process = new ArrayList<>();
        private final List<Cpu> owed = new ArrayList<>();
        private List<Integer> seen;
        private long[] held;
        private Packet current;
        long processed, dropped, squeezes, receivedRps, limited, head, tail;
        private long doneNs = NEVER, ipiNs = NEVER, loopNs, restarts, budgetLeft, limit, quota, work, nextWeight = 64;
        boolean online = true, leaving;
        private boolean sched, onList, raised, inAction, polling, squeezed, repoll, scheduled;
    }

    final List<Long> log = new ArrayList<>();
    final List<Cpu> cpus = new ArrayList<>();
    private final boolean modern;
    private final long group;
    long maxBacklog = 1000, budget = 300, budgetUsecs = 8000, devWeight = 64;
    boolean deviceUp = true;
    long[] map = {};
    private long[] global = {}, slotCpu = {}, slotTail = {0};
    private long nowNs, slotOf;

    ReferenceHost(boolean modern, int nrCpus, long firstCounter) {
        this.modern = modern;
        this.group = nrCpus == 1 ? 1 : Long.highestOneBit(nrCpus - 1) * 2;
        for (int i = 0; i < nrCpus; i++) {
            Cpu cpu = new Cpu();
            cpu.number = i;
            cpu.head = cpu.tail = firstCounter;
            cpus.add(cpu);
        }
    }

    /** An event in one number: what, its time, tail or reason, the flow, the CPU, and the CPU steered to plus one. */
    static long event(int kind, long value, long flow, long cpu, long other) {
        return (((long) kind << 36 | value) << 4 | flow) << 14 | cpu << 7 | other;
    }

    void flowLimit(List<Integer> lengths) {
        for (Cpu cpu : cpus) {
            int length = modern ? lengths.get(cpu.number) : 0;
            boolean kept = cpu.held != null && length > 0;
            cpu.limited = kept ? cpu.limited : 0;
            cpu.seen = kept ? cpu.seen : new ArrayList<>();
            cpu.held = kept ? cpu.held : length == 0 ? null : new long[length];
        }
    }

    /** Whether more than 64 of the last 128 packets are in the bucket of this one; before the first, the history is all bucket 0. */
    private static boolean limits(Cpu cpu, long hash) {
        int bucket = cpu.held.length == 1 ? 0 : (int) (hash * 0x61C88647L % U32 / (U32 / cpu.held.length));
        int oldest = cpu.seen.size() < 128 ? 0 : cpu.seen.get(cpu.seen.size() - 128);
        cpu.seen.add(bucket);
        cpu.held[oldest] = Math.max(0, cpu.held[oldest] - 1);
        cpu.limited += ++cpu.held[bucket] > 64 ? 1 : 0;
        return cpu.held[bucket] > 64;
    }

    void sockFlowEntries(int entries) {
        global = new long[entries];
        Arrays.fill(global, UNSET);
    }

    void flowCnt(int slots) {
        slotCpu = new long[slots];
        Arrays.fill(slotCpu, UNSET);
        slotTail = new long[slots + 1];
    }

    void consumed(long hash, int cpu) {
        if (hash != 0 && global.length > 0) {
            global[(int) (hash % global.length)] = cpu < 0 ? UNSET : modern ? hash - hash % group + cpu : cpu;
        }
    }

    private boolean usable(long cpu) {
        return cpu >= 0 && cpu < cpus.size() && cpus.get((int) cpu).online;
    }

    /** The CPU whose backlog takes a packet; {@code slotOf} is the slot that keeps its tail, the last one being no flow's. */
    private Cpu steer(Packet packet, Cpu by) {
        long hash = packet.hash;
        boolean rfs = hash != 0 && global.length > 0 && slotCpu.length > 0;
        long entry = rfs ? global[(int) (hash % global.length)] : 0;
        long cpu = hash == 0 || map.length == 0 ? -1 : map[(int) (hash * map.length / U32)];
        SteeringReason why = rfs ? SteeringReason.FALLBACK : usable(cpu) ? SteeringReason.RPS : SteeringReason.NONE;
        slotOf = slotCpu.length;
        if (rfs && (!modern || entry / group == hash / group)) {
            long want = modern ? entry % group : entry;
            int slot = (int) (modern ? hash * 0x61C88647L % U32 / (U32 / slotCpu.length) : hash % slotCpu.length);
            long now = slotCpu[slot];
            boolean drained = !usable(now) || Math.floorMod(cpus.get((int) now).head - slotTail[slot], U32) < U32 / 2;
            if (now != want && drained) {
                slotTail[slot] = want < cpus.size() ? cpus.get((int) want).head : slotTail[slot];
                slotCpu[slot] = want;
            }
            if (usable(slotCpu[slot])) {
                slotOf = slot;
                cpu = slotCpu[slot];
                why = now == want ? SteeringReason.MATCH : drained ? SteeringReason.MIGRATED : SteeringReason.HELD;
            }
        }
        log.add(event(STEERED, why.ordinal(), packet.flow, by.number, usable(cpu) ? cpu + 1 : 0));
        return usable(cpu) ? cpus.get((int) cpu) : by;
    }

    /** A packet is given to netif_rx on a CPU, which is then interrupted, unless it has more in hand. */
    void enqueue(Packet packet, Cpu by) {
        Cpu to = steer(packet, by);
        boolean down = modern && !deviceUp;
        boolean full = maxBacklog >= 0 && to.input.size() > maxBacklog;
        boolean looks = by.held != null && maxBacklog >= 0 && to.input.size() >= maxBacklog / 2;
        if (down || full || looks && limits(by, packet.hash)) {
            to.dropped += down ? 0 : 1;
            DropReason why = down ? DropReason.DEV_READY : DropReason.CPU_BACKLOG;
            log.add(event(DROPPED, why.ordinal(), packet.flow, to.number, 0));
            return;
        }
        if (to.input.isEmpty() && !to.sched) {
            to.sched = true;
            to.onList |= to == by;
            by.owed.addAll(to == by ? List.of() : List.of(to));
            by.raised |= !modern || !by.inAction;
        }
        to.input.add(packet);
        to.tail = (to.tail + 1) % U32;
        slotTail[(int) slotOf] = to.tail;
        log.add(event(QUEUED, to.tail, packet.flow, to.number, 0));
    }

    /** A CPU leaves an interrupt: its softirq loop runs until it has a packet to work on, or nothing. */
    void interrupted(Cpu cpu) {
        if (cpu.raised && cpu.doneNs == NEVER && cpu.online) {
            begin(cpu, true);
            run(cpu);
        }
    }

    private void begin(Cpu cpu, boolean newLoop) {
        cpu.restarts = newLoop ? 0 : cpu.restarts;
        cpu.loopNs = newLoop ? nowNs : cpu.loopNs;
        cpu.raised = cpu.squeezed = false;
        cpu.inAction = true;
        cpu.budgetLeft = budget;
        cpu.limit = nowNs / TICK_NS + (modern ? (budgetUsecs + 3999) / 4000 : 2);
    }

    private void run(Cpu cpu) {
        while (!cpu.polling || !next(cpu)) {
            if (cpu.polling) {
                cpu.polling = false;
                cpu.head = modern ? (cpu.head + cpu.work) % U32 : cpu.head;
                cpu.budgetLeft -= cpu.work;
                cpu.repoll = modern && cpu.scheduled;
                cpu.squeezed = modern && (cpu.budgetLeft <= 0 || nowNs / TICK_NS >= cpu.limit);
                cpu.squeezes += cpu.squeezed ? 1 : 0;
            } else if (!beginPoll(cpu) && !endAction(cpu)) {
                return;
            }
        }
    }

    private boolean beginPoll(Cpu cpu) {
        boolean over = modern ? cpu.squeezed : cpu.budgetLeft <= 0 || nowNs / TICK_NS > cpu.limit;
        if (!cpu.onList || over) {
            cpu.squeezes += !modern && cpu.onList ? 1 : 0;
            cpu.raised |= !modern && cpu.onList;
            return false;
        }
        cpu.onList = !modern;
        cpu.polling = cpu.scheduled = true;
        cpu.work = 0;
        flush(cpu);
        cpu.quota = cpu.nextWeight;
        cpu.nextWeight = devWeight;
        return true;
    }

    private boolean next(Cpu cpu) {
        if (cpu.work < cpu.quota && cpu.process.isEmpty()) {
            long length = cpu.input.size();
            cpu.process = cpu.input;
            cpu.input = new ArrayList<>();
            if (modern ? length == 0 : length < cpu.quota - cpu.work) {
                cpu.scheduled = cpu.sched = false;
                cpu.onList &= modern;
                cpu.quota = modern ? cpu.quota : cpu.work + length;
            }
        }
        boolean any = cpu.work < cpu.quota && !cpu.process.isEmpty();
        cpu.current = any ? cpu.process.remove(0) : null;
        cpu.doneNs = any ? nowNs + cpu.current.ns : NEVER;
        return any;
    }

    /** Whether there is another action, of this loop or of ksoftirqd at once; a CPU that leaves ends with the loop, and dies. */
    private boolean endAction(Cpu cpu) {
        cpu.onList |= cpu.repoll;
        cpu.repoll = false;
        cpu.inAction = cpu.onList;
        cpu.raised |= modern && cpu.onList;
        flush(cpu);
        boolean ends = ++cpu.restarts >= 10 || modern && nowNs - cpu.loopNs >= 2_000_000;
        boolean goesOn = cpu.raised && !(ends && cpu.leaving);
        if (goesOn) {
            begin(cpu, ends);
        } else if (cpu.leaving) {
            die(cpu);
        }
        return goesOn;
    }

    private void flush(Cpu cpu) {
        for (Cpu to : cpu.owed) {
            to.ipiNs = to.online ? nowNs + IPI_NS : NEVER;
        }
        cpu.owed.clear();
    }

    private void received(Cpu cpu) {
        cpu.ipiNs = NEVER;
        cpu.receivedRps++;
        cpu.onList = true;
        cpu.raised |= !modern || !cpu.inAction;
    }

    void online(Cpu cpu, boolean online) {
        cpu.online |= online;
        cpu.leaving = !online;
        if (online) {
            interrupted(cpu);
        } else if (cpu.doneNs == NEVER) {
            die(cpu);
        }
    }

    private void die(Cpu dead) {
        if (dead.ipiNs < NEVER) {
            received(dead);
        }
        dead.online = dead.leaving = false;
        Cpu survivor = cpus.stream().filter(cpu -> cpu.online).findFirst().orElseThrow();
        if (modern) {
            dead.sched &= !dead.onList;
            dead.onList = false;
            flush(dead);
        }
        dead.process.addAll(dead.input);
        dead.input.clear();
        for (; !dead.process.isEmpty(); dead.head = (dead.head + 1) % U32) {
            enqueue(dead.process.remove(0), survivor);
        }
        interrupted(survivor);
    }

    void runUntil(long untilNs) {
        while (true) {
            Cpu done = cpus.get(0);
            Cpu told = done;
            for (Cpu cpu : cpus) {
                done = cpu.doneNs < done.doneNs ? cpu : done;
                told = cpu.ipiNs < told.ipiNs ? cpu : told;
            }
            nowNs = Math.min(untilNs, Math.min(told.ipiNs, done.doneNs));
            if (done.doneNs <= Math.min(told.ipiNs, untilNs)) {
                log.add(event(PROCESSED, nowNs, done.current.flow, done.number, 0));
                done.processed++;
                done.work++;
                done.head = modern ? done.head : (done.head + 1) % U32;
                run(done);
            } else if (told.ipiNs <= untilNs) {
                received(told);
                interrupted(told);
            } else {
                return;
            }
        }
    }
}
