package io.rxsim.bench.reference;

import io.rxsim.core.cpu.CpuMask;
import io.rxsim.core.kernel.KernelRules;
import io.rxsim.core.run.Arrival;
import io.rxsim.core.run.DeviceState;
import io.rxsim.core.run.HostChange;
import io.rxsim.core.run.RxObserver;
import io.rxsim.core.softnet.DropReason;
import io.rxsim.core.softnet.SoftnetStat;
import io.rxsim.core.steer.Decision;
import io.rxsim.core.steer.SteeringReason;
import io.rxsim.core.virtual.VirtualHost;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/**
 * One random host: cases of random settings, one after the other, each with a random timeline of packets, calls and changes, done
 * to the virtual engine and to the reference alike.
 */
final class RandomHost {
    private static final int[] CPU_COUNTS = {1, 2, 3, 6, 12, 64, 65};
    private static final int CASES = 5;
    private static final int OPERATIONS = 40;
    /** Where {@link ReferenceHost#event} has what happened, and its value. */
    private static final int KIND_SHIFT = 54;

    private static final int VALUE_SHIFT = 18;

    private final Random random;
    private final Counts counts;
    private final int cpus;
    private final boolean modern;
    private final VirtualHost host;
    private final ReferenceHost reference;
    private final List<Long> log = new ArrayList<>();
    private final List<String> done = new ArrayList<>();
    private final boolean telling;
    private long offered;
    private final int[] hashes = new int[12];
    private final boolean nearWrap;

    /** A host of a seed, of either kernel. */
    RandomHost(long seed, Counts counts, boolean telling) {
        this(seed, counts, telling, new Random(seed ^ 1).nextInt(3) == 0 ? KernelRules.V2_6_35 : KernelRules.V6_18);
    }

    /**
     * A host whose product has these rules; the reference has those of the version.
     *
     * @param telling whether a difference is told with all that was done before
     */
    RandomHost(long seed, Counts counts, boolean telling, KernelRules rules) {
        this.telling = telling;
        random = new Random(seed);
        this.counts = counts;
        cpus = CPU_COUNTS[random.nextInt(CPU_COUNTS.length)];
        modern = rules.version().equals(KernelRules.V6_18.version());
        int start = switch (random.nextInt(4)) {
            case 0 -> Integer.MIN_VALUE - random.nextInt(60);
            case 1 -> -random.nextInt(60);
            default -> random.nextInt(5);
        };
        nearWrap = start < 0 || start > Integer.MAX_VALUE - 100;
        host = new VirtualHost(RandomHostScenario.of(rules, cpus), new Witness());
        reference = new ReferenceHost(modern, cpus, start & 0xffffffffL);
        for (int cpu = 0; cpu < cpus; cpu++) {
            host.softnet().startCountersAt(cpu, start);
        }
        for (int i = 1; i < hashes.length; i++) {
            hashes[i] = i < 3 ? 0xffff - random.nextInt(8) : i < 5 ? hashes[2] ^ random.nextInt(64) : random.nextInt();
        }
    }

    /** The first difference between product and reference, or null. */
    String firstDifference() {
        for (int number = 0; number < CASES; number++) {
            counts.add("case", 1);
            counts.add("case of " + cpus + " CPUs", 1);
            counts.add("case near a wrap", nearWrap ? 1 : 0);
            configure();
            long[] before = totals();
            for (int i = 0; i < OPERATIONS; i++) {
                operate();
            }
            pass(1_000_000_000L);
            String difference = difference();
            if (difference != null) {
                return modern + " " + cpus + " CPUs, case " + number + ": " + difference + "\n  "
                        + String.join("\n  ", done);
            }
            count(before);
            log.clear();
            reference.log.clear();
            done.clear();
        }
        return null;
    }

    private void tell(Supplier<String> what) {
        if (telling) {
            done.add(what.get() + " at " + host.nowNs());
        }
    }

    /** Squeezes, interrupts for backlogs, drops of the flow limit; then head and tail of each CPU. */
    private long[] totals() {
        long[] totals = new long[3 + 2 * cpus];
        for (ReferenceHost.Cpu cpu : reference.cpus) {
            totals[0] += cpu.squeezes;
            totals[1] += cpu.receivedRps;
            totals[2] += cpu.limited;
            totals[3 + 2 * reference.cpus.indexOf(cpu)] = cpu.head;
            totals[4 + 2 * reference.cpus.indexOf(cpu)] = cpu.tail;
        }
        return totals;
    }

    /** Counts what the case did, by the reference, with which the product agrees. */
    private void count(long[] before) {
        long[] after = totals();
        counts.add("squeeze", after[0] - before[0]);
        counts.add("IPI", after[1] - before[1]);
        counts.add("CPU_BACKLOG by flow limit", after[2] - before[2]);
        counts.add("CPU_BACKLOG by length", before[2] - after[2]);
        for (int i = 3; i < after.length; i++) {
            counts.add("wrap", after[i] >> 31 == before[i] >> 31 ? 0 : 1);
        }
        counts.add("steered again", -offered);
        offered = 0;
        for (long event : reference.log) {
            int kind = (int) (event >> KIND_SHIFT);
            int value = (int) (event >> VALUE_SHIFT);
            if (kind == ReferenceHost.STEERED) {
                counts.add(SteeringReason.of(value).name(), 1);
                counts.add("steered again", 1);
            } else if (kind == ReferenceHost.DROPPED) {
                counts.add(value == DropReason.DEV_READY.ordinal() ? "DEV_READY" : "CPU_BACKLOG by length", 1);
            }
        }
    }

    /** Puts what ended on several CPUs in one nanosecond, of which the order means nothing, into the order of its numbers. */
    private static void sortTies(List<Long> events) {
        for (int from = 0; from < events.size(); from++) {
            long at = events.get(from) >> VALUE_SHIFT;
            int to = from + 1;
            while (events.get(from) >> KIND_SHIFT == ReferenceHost.PROCESSED
                    && to < events.size()
                    && events.get(to) >> VALUE_SHIFT == at) {
                to++;
            }
            if (to > from + 1) {
                Collections.sort(events.subList(from, to));
            }
        }
    }

    private String difference() {
        sortTies(log);
        sortTies(reference.log);
        for (int i = 0; i < Math.max(log.size(), reference.log.size()); i++) {
            if (i >= reference.log.size() || i >= log.size() || !log.get(i).equals(reference.log.get(i))) {
                String product = i < log.size() ? text(log.get(i)) : "nothing";
                String expected = i < reference.log.size() ? text(reference.log.get(i)) : "nothing";
                return "event " + i + ": the reference has '" + expected + "', the product '" + product + "'";
            }
        }
        for (ReferenceHost.Cpu cpu : reference.cpus) {
            int number = reference.cpus.indexOf(cpu);
            SoftnetStat stat = host.softnetStat(number);
            int[] product = {
                stat.processed(),
                stat.dropped(),
                stat.timeSqueeze(),
                stat.receivedRps(),
                stat.flowLimitCount(),
                host.softnet().inputQueueHead(number),
                host.softnet().inputQueueTail(number)
            };
            long[] expected = {
                cpu.processed, cpu.dropped, cpu.squeezes, cpu.receivedRps, cpu.limited, cpu.head, cpu.tail
            };
            for (int i = 0; i < expected.length; i++) {
                if (product[i] != (int) expected[i]) {
                    return "cpu " + number + ": the reference has " + Arrays.toString(expected) + ", the product "
                            + Arrays.toString(product);
                }
            }
        }
        return null;
    }

    private static String text(long event) {
        int kind = (int) (event >> KIND_SHIFT);
        long value = event >> VALUE_SHIFT & (1L << KIND_SHIFT - VALUE_SHIFT) - 1;
        return switch (kind) {
                    case ReferenceHost.STEERED -> SteeringReason.of((int) value) + " to " + ((event & 127) - 1);
                    case ReferenceHost.DROPPED -> "dropped " + DropReason.values()[(int) value];
                    case ReferenceHost.QUEUED -> "queued with tail " + value;
                    default -> "processed at " + value;
                }
                + ", flow " + (event >> 14 & 15) + " on " + (event >> 7 & 127);
    }

    private void configure() {
        change(new HostChange.RpsSockFlowEntries(random.nextInt(8) == 0 ? 0 : 1 << random.nextInt(6)));
        change(new HostChange.RpsFlowCnt(0, random.nextInt(8) == 0 ? 0 : 1 << random.nextInt(6)));
        change(new HostChange.NetdevBudget(random.nextInt(5) == 0 ? random.nextInt(7) - (modern ? 2 : -1) : 300));
        change(new HostChange.NetdevBudgetUsecs(modern ? 8000 + random.nextInt(9000) : 8000));
        change(new HostChange.BacklogWeight(1 + random.nextInt(random.nextBoolean() ? 4 : 64)));
        change(new HostChange.NetdevMaxBacklog(random.nextInt(4) == 0 ? random.nextInt(8) - 1 : 200));
        List<Integer> lengths = new ArrayList<>();
        for (int cpu = 0; cpu < cpus; cpu++) {
            lengths.add(random.nextInt(3) == 0 ? 0 : 1 << random.nextInt(5));
        }
        change(new HostChange.FlowLimit(lengths));
        change(mask());
    }

    private HostChange mask() {
        CpuMask mask = CpuMask.empty(cpus);
        for (int i = random.nextInt(5); i > 0; i--) {
            mask = mask.or(CpuMask.of(random.nextInt(cpus), cpus));
        }
        return new HostChange.RpsCpus(0, mask);
    }

    private void operate() {
        pass(1 + random.nextInt(random.nextInt(4) == 0 ? 20_000 : 400));
        int hash = hashes[random.nextInt(hashes.length)];
        int cpu = random.nextInt(cpus);
        switch (random.nextInt(24)) {
            case 0, 1, 2, 3 -> {
                tell(() -> "consumed " + hash + " on " + cpu);
                host.policy().onConsumed(hash, cpu);
                reference.consumed(hash & 0xffffffffL, cpu);
            }
            case 4 -> {
                tell(() -> "closed " + hash);
                host.policy().onClosed(hash);
                reference.consumed(hash & 0xffffffffL, -1);
            }
            case 5 -> {
                if (random.nextInt(4) == 0) {
                    change(mask());
                } else {
                    change(new HostChange.BacklogWeight(1 + random.nextInt(8)));
                }
            }
            case 6 -> hotplug(cpu);
            case 7 -> change(new HostChange.Device(random.nextInt(3) == 0 ? DeviceState.DOWN : DeviceState.UP));
            case 8 -> burst(hash, cpu, random.nextInt(6) == 0 ? 250 : 15);
            default -> burst(hash, cpu, 1);
        }
    }

    private void hotplug(int cpu) {
        long active = reference.cpus.stream().filter(RandomHost::isActive).count();
        boolean online = host.softnet().isOnline(cpu);
        if (!online || isActive(reference.cpus.get(cpu)) && active > 1) {
            change(new HostChange.CpuOnline(cpu, !online));
            counts.add("offline move", 1);
        }
    }

    private static boolean isActive(ReferenceHost.Cpu cpu) {
        return cpu.online && !cpu.leaving;
    }

    private void burst(int hash, int cpu, int packets) {
        if (!isActive(reference.cpus.get(cpu))) {
            return;
        }
        for (int i = 0; i < packets; i++) {
            long ns = random.nextInt(30) == 0 ? 20_000 + random.nextInt(9_000_000) : 50 + random.nextInt(3000);
            tell(() -> "packet " + hash + " on " + cpu + " of " + ns + " ns");
            offered++;
            Arrival arrival = new Arrival();
            arrival.timeNs = host.nowNs();
            arrival.flow = flow(hash);
            arrival.hash = hash;
            arrival.lengthBytes = 60;
            arrival.rxQueue = 0;
            arrival.cpu = cpu;
            arrival.protocolExtraNs = ns;
            host.offer(arrival);
            ReferenceHost.Cpu by = reference.cpus.get(cpu);
            reference.enqueue(new ReferenceHost.Packet(arrival.flow, hash & 0xffffffffL, ns), by);
            reference.interrupted(by);
            pass(0);
        }
    }

    private int flow(int hash) {
        for (int i = 0; i < hashes.length; i++) {
            if (hashes[i] == hash) {
                return i;
            }
        }
        throw new IllegalStateException("hash=" + hash);
    }

    private void pass(long ns) {
        host.runUntil(host.nowNs() + ns);
        reference.runUntil(host.nowNs());
    }

    private void change(HostChange change) {
        tell(change::toString);
        host.change(change);
        if (change instanceof HostChange.RpsCpus to) {
            CpuMask online = host.softnet().online();
            reference.map = Arrays.stream(to.rpsCpus().and(online).cpus())
                    .asLongStream()
                    .toArray();
        } else if (change instanceof HostChange.RpsFlowCnt to) {
            reference.flowCnt(to.slots());
        } else if (change instanceof HostChange.RpsSockFlowEntries to) {
            reference.sockFlowEntries(to.entries());
        } else if (change instanceof HostChange.NetdevMaxBacklog to) {
            reference.maxBacklog = to.packets();
        } else if (change instanceof HostChange.NetdevBudget to) {
            reference.budget = to.packets();
        } else if (change instanceof HostChange.NetdevBudgetUsecs to) {
            reference.budgetUsecs = to.usecs();
        } else if (change instanceof HostChange.BacklogWeight to) {
            reference.devWeight = to.packets();
        } else if (change instanceof HostChange.FlowLimit to) {
            reference.flowLimit(to.bucketsByCpu());
        } else if (change instanceof HostChange.Device to) {
            reference.deviceUp = to.state() == DeviceState.UP;
        } else if (change instanceof HostChange.CpuOnline to) {
            reference.online(reference.cpus.get(to.cpu()), to.online());
        }
        pass(0);
    }

    /** Writes down what the product does, in the words of the reference. */
    private final class Witness implements RxObserver {
        @Override
        public void onSteered(long nowNs, int flow, int sequence, int cpu, long decision) {
            int reason = Decision.reason(decision).ordinal();
            log.add(ReferenceHost.event(ReferenceHost.STEERED, reason, flow, cpu, Decision.cpu(decision) + 1));
        }

        @Override
        public void onEnqueued(long nowNs, int flow, int sequence, int cpu, int qtail) {
            log.add(ReferenceHost.event(ReferenceHost.QUEUED, qtail & 0xffffffffL, flow, cpu, 0));
        }

        @Override
        public void onDropped(long nowNs, int flow, int sequence, int cpu, DropReason reason) {
            log.add(ReferenceHost.event(ReferenceHost.DROPPED, reason.ordinal(), flow, cpu, 0));
        }

        @Override
        public void onProcessed(long nowNs, int flow, int sequence, int cpu) {
            log.add(ReferenceHost.event(ReferenceHost.PROCESSED, nowNs, flow, cpu, 0));
        }
    }
}
