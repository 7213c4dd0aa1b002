package io.rxsim.bench.reference;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * {@code netif_rx} to the end of protocol processing, written a second time from the description: lists, longs modulo 2^32, no
 * class of the product. Only protocol processing and interrupts for backlogs take time. Writes {@link #log} and {@link #counts}.
 */
final class ReferenceHost {
    private static final long U32 = 1L << 32;
    private static final long NEVER = Long.MAX_VALUE, TICK_NS = 4_000_000;

    record Packet(long flow, long hash, long ns) {}

    private record Ipi(long atNs, int target) {}

    private static final class Cpu {
        List<Packet> input = new ArrayList<>();
        List<Packet> process = new ArrayList<>();
        List<Integer> owed = new ArrayList<>();
        ReferenceFlowLimit flows;
        Packet current;
        long[] counters = new long[4];
        long head, tail, doneNs = NEVER, loopNs, restarts, budgetLeft, limit, quota, work, nextWeight;
        boolean online = true, leaving, sched, onList, raised, inAction, polling, squeezed, repoll, scheduled, pending;
    }

    final List<String> log = new ArrayList<>();
    private final Counts counts;
    private final boolean modern;
    private final long ipiNs;
    private final List<Cpu> cpus = new ArrayList<>();
    private final List<Ipi> underWay = new ArrayList<>();
    private long nowNs;
    long maxBacklog = 1000, budget = 300, budgetUsecs = 8000, devWeight = 64;
    boolean deviceUp = true;
    final ReferenceSteering steering;

    ReferenceHost(boolean modern, int nrCpus, long ipiNs, long firstCounter, Counts counts) {
        this.modern = modern;
        this.ipiNs = ipiNs;
        this.counts = counts;
        steering = new ReferenceSteering(modern, nrCpus, cpu -> cpus.get(cpu).online, cpu -> cpus.get(cpu).head);
        for (int i = 0; i < nrCpus; i++) {
            Cpu cpu = new Cpu();
            cpu.head = cpu.tail = firstCounter;
            cpu.nextWeight = devWeight;
            cpus.add(cpu);
        }
    }

    void flowLimit(List<Integer> lengths) {
        for (int i = 0; modern && i < cpus.size(); i++) {
            ReferenceFlowLimit old = at(i).flows;
            at(i).flows = lengths.get(i) == 0 ? null : old == null ? new ReferenceFlowLimit(lengths.get(i)) : old;
        }
    }

    private Cpu at(long cpu) {
        return cpus.get((int) cpu);
    }

    /** A packet is given to netif_rx on a CPU, which is then interrupted, unless it has more in hand. */
    void enqueue(Packet packet, int by) {
        int steered = (int) steering.steer(packet.hash);
        counts.add(steering.reason);
        log.add("steered " + packet.flow + " by " + by + " to " + steered + " " + steering.reason);
        int target = steered < 0 ? by : steered;
        Cpu to = at(target);
        boolean down = modern && !deviceUp;
        boolean full = maxBacklog >= 0 && to.input.size() > maxBacklog;
        if (down
                || full
                || maxBacklog >= 0
                        && to.input.size() >= maxBacklog / 2
                        && at(by).flows != null
                        && at(by).flows.drops(packet.hash)) {
            to.counters[1] += down ? 0 : 1;
            counts.add(down ? "DEV_READY" : full ? "CPU_BACKLOG by length" : "CPU_BACKLOG by flow limit");
            log.add("dropped " + packet.flow + " at " + target + " " + (down ? "DEV_READY" : "CPU_BACKLOG"));
            return;
        }
        if (to.input.isEmpty() && !to.sched) {
            to.sched = true;
            to.onList |= target == by;
            at(by).owed.addAll(target == by ? List.of() : List.of(target));
            at(by).raised |= !modern || !at(by).inAction;
        }
        to.input.add(packet);
        to.tail = step(to.tail, 1);
        steering.queued(to.tail);
        log.add("queued " + packet.flow + " on " + target + " tail " + to.tail);
    }

    private long step(long counter, long by) {
        long next = (counter + by) % U32;
        if (next < counter || counter < U32 / 2 && next >= U32 / 2) {
            counts.add("wrap");
        }
        return next;
    }

    void interrupted(int number) {
        Cpu cpu = at(number);
        if (cpu.raised && cpu.doneNs == NEVER && cpu.online) {
            softirqs(number);
        }
    }

    /** The softirq loop from its start until it has a packet to work on, or nothing. */
    private void softirqs(int number) {
        at(number).loopNs = nowNs;
        at(number).restarts = 0;
        begin(at(number));
        run(number);
    }

    private void begin(Cpu cpu) {
        cpu.raised = cpu.squeezed = false;
        cpu.inAction = true;
        cpu.budgetLeft = budget;
        cpu.limit = nowNs / TICK_NS + (modern ? (budgetUsecs + 3999) / 4000 : 2);
    }

    private void run(int number) {
        Cpu cpu = at(number);
        while (!cpu.polling || !next(cpu)) {
            if (cpu.polling) {
                endPoll(cpu);
            } else if (!beginPoll(cpu)) {
                if (!endAction(cpu)) {
                    over(number);
                    return;
                }
                begin(cpu);
            }
        }
    }

    private boolean beginPoll(Cpu cpu) {
        boolean over = cpu.budgetLeft <= 0 || nowNs / TICK_NS > cpu.limit;
        cpu.raised |= !modern && cpu.onList && over && squeeze(cpu);
        if (!cpu.onList || cpu.squeezed || !modern && over) {
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
        if (cpu.work >= cpu.quota || cpu.process.isEmpty()) {
            return false;
        }
        cpu.current = cpu.process.remove(0);
        cpu.doneNs = nowNs + cpu.current.ns;
        return true;
    }

    private void endPoll(Cpu cpu) {
        cpu.polling = false;
        cpu.head = modern ? step(cpu.head, cpu.work) : cpu.head;
        cpu.budgetLeft -= cpu.work;
        cpu.repoll = modern && cpu.scheduled;
        cpu.squeezed = modern && (cpu.budgetLeft <= 0 || nowNs / TICK_NS >= cpu.limit) && squeeze(cpu);
    }

    private boolean squeeze(Cpu cpu) {
        counts.add("squeeze");
        return ++cpu.counters[2] > 0;
    }

    private boolean endAction(Cpu cpu) {
        cpu.onList |= cpu.repoll;
        cpu.repoll = false;
        cpu.inAction = cpu.onList;
        cpu.raised |= modern && cpu.onList;
        flush(cpu);
        cpu.pending = cpu.raised && (++cpu.restarts >= 10 || modern && nowNs - cpu.loopNs >= 2_000_000);
        return cpu.raised && !cpu.pending;
    }

    /** The loop is over: a CPU that leaves dies, what is pending is ksoftirqd's. */
    private void over(int number) {
        Cpu cpu = at(number);
        cpu.doneNs = NEVER;
        if (cpu.leaving) {
            die(number);
        } else if (cpu.pending) {
            softirqs(number);
        }
    }

    private void flush(Cpu cpu) {
        for (int i = cpu.owed.size() - 1; i >= 0; i--) {
            if (cpus.get(cpu.owed.get(i)).online) {
                underWay.add(new Ipi(nowNs + ipiNs, cpu.owed.get(i)));
                counts.add("IPI");
            }
        }
        cpu.owed.clear();
    }

    private void received(Cpu cpu) {
        cpu.counters[3]++;
        cpu.onList = true;
        cpu.raised |= !modern || !cpu.inAction;
    }

    void online(int number, boolean online) {
        counts.add("offline move");
        at(number).online |= online;
        at(number).leaving = !online;
        if (online) {
            interrupted(number);
        } else if (at(number).doneNs == NEVER) {
            die(number);
        }
    }

    private void die(int number) {
        Cpu dead = at(number);
        dead.leaving = false;
        underWay.stream().filter(ipi -> ipi.target == number).forEach(ipi -> received(dead));
        underWay.removeIf(ipi -> ipi.target == number);
        dead.online = false;
        int survivor = 0;
        for (; !cpus.get(survivor).online; survivor++) {}
        if (modern) {
            dead.sched &= !dead.onList;
            dead.onList = false;
            flush(dead);
        }
        dead.process.addAll(dead.input);
        dead.input.clear();
        while (!dead.process.isEmpty()) {
            dead.head = step(dead.head, 1);
            counts.add("steered again");
            enqueue(dead.process.remove(0), survivor);
        }
        interrupted(survivor);
    }

    void runUntil(long untilNs) {
        while (true) {
            long ipiAt = underWay.isEmpty() ? NEVER : underWay.get(0).atNs;
            Cpu first = cpus.stream()
                    .min(Comparator.comparingLong(cpu -> cpu.doneNs))
                    .orElseThrow();
            nowNs = Math.min(untilNs, Math.min(ipiAt, first.doneNs));
            if (first.doneNs <= Math.min(ipiAt, untilNs)) {
                processed(cpus.indexOf(first));
            } else if (ipiAt <= untilNs) {
                int target = underWay.remove(0).target;
                received(at(target));
                interrupted(target);
            } else {
                return;
            }
        }
    }

    private void processed(int number) {
        Cpu cpu = at(number);
        log.add("processed " + cpu.current.flow + " on " + number + " at " + nowNs);
        cpu.counters[0]++;
        cpu.work++;
        cpu.doneNs = NEVER;
        cpu.head = modern ? cpu.head : step(cpu.head, 1);
        run(number);
    }

    String state(int number) {
        Cpu cpu = at(number);
        long limited = cpu.flows == null ? 0 : cpu.flows.count;
        return Arrays.toString(cpu.counters) + " " + limited + " " + cpu.head + " " + cpu.tail;
    }

    boolean isActive(int cpu) {
        return at(cpu).online && !at(cpu).leaving;
    }
}
