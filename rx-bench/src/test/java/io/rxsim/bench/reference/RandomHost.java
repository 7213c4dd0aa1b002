package io.rxsim.bench.reference;

import io.rxsim.core.cost.HostProfile;
import io.rxsim.core.cost.Stage;
import io.rxsim.core.cost.StageCost;
import io.rxsim.core.cpu.CpuMask;
import io.rxsim.core.cpu.CpuTopology;
import io.rxsim.core.cpu.Distance;
import io.rxsim.core.kernel.KernelRules;
import io.rxsim.core.run.Application;
import io.rxsim.core.run.Arrival;
import io.rxsim.core.run.ArrivalSource;
import io.rxsim.core.run.DeviceState;
import io.rxsim.core.run.HostChange;
import io.rxsim.core.run.Load;
import io.rxsim.core.run.Machine;
import io.rxsim.core.run.Measure;
import io.rxsim.core.run.NetConfig;
import io.rxsim.core.run.NicConfig;
import io.rxsim.core.run.RxObserver;
import io.rxsim.core.run.RxQueueConfig;
import io.rxsim.core.run.Scenario;
import io.rxsim.core.run.ThreadPlacement;
import io.rxsim.core.softnet.DropReason;
import io.rxsim.core.softnet.SoftnetStat;
import io.rxsim.core.steer.Decision;
import io.rxsim.core.virtual.VirtualHost;
import io.rxsim.steering.SteeringCatalog;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * One random host: cases of random settings, one after the other, each with a random timeline of packets, calls and changes, done
 * to the virtual engine and to the reference alike.
 */
final class RandomHost {
    private static final int[] CPU_COUNTS = {1, 2, 3, 6, 12, 64, 65};
    private static final int CASES = 5;
    private static final int OPERATIONS = 40;
    private static final long IPI_NS = 317;

    private final Random random;
    private final Counts counts;
    private final int cpus;
    private final boolean modern;
    private final VirtualHost host;
    private final ReferenceHost reference;
    private final List<String> log = new ArrayList<>();
    private final int[] hashes = new int[12];
    private final boolean nearWrap;

    /** A host of a seed, of either kernel. */
    RandomHost(long seed, Counts counts) {
        this(seed, counts, new Random(seed ^ 1).nextInt(3) == 0 ? KernelRules.V2_6_35 : KernelRules.V6_18);
    }

    /** A host whose product has these rules; the reference has those of the version. */
    RandomHost(long seed, Counts counts, KernelRules rules) {
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
        host = new VirtualHost(scenario(rules), new Witness());
        reference = new ReferenceHost(modern, cpus, IPI_NS, start & 0xffffffffL, counts);
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
            counts.add("case");
            counts.add("case of " + cpus + " CPUs");
            if (nearWrap) {
                counts.add("case near a wrap");
            }
            List<String> done = new ArrayList<>();
            configure(done);
            for (int i = 0; i < OPERATIONS; i++) {
                operate(done);
            }
            pass(1_000_000_000L);
            String difference = difference();
            if (difference != null) {
                return modern + " " + cpus + " CPUs, case " + number + ": " + difference + "\n  "
                        + String.join("\n  ", done);
            }
            log.clear();
            reference.log.clear();
        }
        return null;
    }

    /** Puts what ended on several CPUs in one nanosecond, of which the order means nothing, into the order of its words. */
    private static void sortTies(List<String> events) {
        for (int from = 0; from < events.size(); from++) {
            String event = events.get(from);
            String at = event.substring(event.lastIndexOf(' '));
            int to = from + 1;
            while (event.startsWith("processed")
                    && to < events.size()
                    && events.get(to).startsWith("processed")
                    && events.get(to).endsWith(at)) {
                to++;
            }
            Collections.sort(events.subList(from, to));
        }
    }

    private String difference() {
        sortTies(log);
        sortTies(reference.log);
        for (int i = 0; i < Math.max(log.size(), reference.log.size()); i++) {
            String product = i < log.size() ? log.get(i) : "nothing";
            String expected = i < reference.log.size() ? reference.log.get(i) : "nothing";
            if (!product.equals(expected)) {
                return "event " + i + ": the reference has '" + expected + "', the product '" + product + "'";
            }
        }
        for (int cpu = 0; cpu < cpus; cpu++) {
            SoftnetStat stat = host.softnetStat(cpu);
            String state = List.of(stat.processed(), stat.dropped(), stat.timeSqueeze(), stat.receivedRps()) + " "
                    + stat.flowLimitCount() + " "
                    + Integer.toUnsignedString(host.softnet().inputQueueHead(cpu)) + " "
                    + Integer.toUnsignedString(host.softnet().inputQueueTail(cpu));
            if (!state.equals(reference.state(cpu))) {
                return "cpu " + cpu + ": the reference has " + reference.state(cpu) + ", the product " + state;
            }
        }
        return null;
    }

    private void configure(List<String> done) {
        change(done, new HostChange.RpsSockFlowEntries(random.nextInt(8) == 0 ? 0 : 1 << random.nextInt(6)));
        change(done, new HostChange.RpsFlowCnt(0, random.nextInt(8) == 0 ? 0 : 1 << random.nextInt(6)));
        change(done, new HostChange.NetdevBudget(random.nextInt(5) == 0 ? random.nextInt(7) - (modern ? 2 : -1) : 300));
        change(done, new HostChange.NetdevBudgetUsecs(modern ? 8000 + random.nextInt(9000) : 8000));
        change(done, new HostChange.BacklogWeight(1 + random.nextInt(random.nextBoolean() ? 4 : 64)));
        change(done, new HostChange.NetdevMaxBacklog(random.nextInt(4) == 0 ? random.nextInt(8) - 1 : 200));
        List<Integer> lengths = new ArrayList<>();
        for (int cpu = 0; cpu < cpus; cpu++) {
            lengths.add(random.nextInt(3) == 0 ? 0 : 1 << random.nextInt(5));
        }
        change(done, new HostChange.FlowLimit(lengths));
        change(done, mask());
    }

    private HostChange mask() {
        CpuMask mask = CpuMask.empty(cpus);
        for (int i = random.nextInt(5); i > 0; i--) {
            mask = mask.or(CpuMask.of(random.nextInt(cpus), cpus));
        }
        return new HostChange.RpsCpus(0, mask);
    }

    private void operate(List<String> done) {
        pass(1 + random.nextInt(random.nextInt(4) == 0 ? 20_000 : 400));
        int hash = hashes[random.nextInt(hashes.length)];
        int cpu = random.nextInt(cpus);
        switch (random.nextInt(24)) {
            case 0, 1, 2, 3 -> {
                done.add("consumed " + hash + " on " + cpu);
                host.policy().onConsumed(hash, cpu);
                reference.steering.consumed(hash & 0xffffffffL, cpu);
            }
            case 4 -> {
                done.add("closed " + hash);
                host.policy().onClosed(hash);
                reference.steering.consumed(hash & 0xffffffffL, -1);
            }
            case 5 -> {
                if (random.nextInt(4) == 0) {
                    change(done, mask());
                } else {
                    change(done, new HostChange.BacklogWeight(1 + random.nextInt(8)));
                }
            }
            case 6 -> hotplug(done, cpu);
            case 7 -> change(done, new HostChange.Device(random.nextInt(3) == 0 ? DeviceState.DOWN : DeviceState.UP));
            case 8 -> burst(done, hash, cpu, random.nextInt(6) == 0 ? 250 : 15);
            default -> burst(done, hash, cpu, 1);
        }
    }

    private void hotplug(List<String> done, int cpu) {
        if (!reference.isActive(cpu)) {
            if (!host.softnet().isOnline(cpu)) {
                change(done, new HostChange.CpuOnline(cpu, true));
            }
            return;
        }
        int active = 0;
        for (int other = 0; other < cpus; other++) {
            active += reference.isActive(other) ? 1 : 0;
        }
        if (active > 1) {
            change(done, new HostChange.CpuOnline(cpu, false));
        }
    }

    private void burst(List<String> done, int hash, int cpu, int packets) {
        if (!reference.isActive(cpu)) {
            return;
        }
        for (int i = 0; i < packets; i++) {
            long ns = random.nextInt(30) == 0 ? 20_000 + random.nextInt(9_000_000) : 50 + random.nextInt(3000);
            done.add("packet " + hash + " on " + cpu + " of " + ns + " ns at " + host.nowNs());
            Arrival arrival = new Arrival();
            arrival.timeNs = host.nowNs();
            arrival.flow = flow(hash);
            arrival.hash = hash;
            arrival.lengthBytes = 60;
            arrival.rxQueue = 0;
            arrival.cpu = cpu;
            arrival.protocolExtraNs = ns;
            host.offer(arrival);
            reference.enqueue(new ReferenceHost.Packet(arrival.flow, hash & 0xffffffffL, ns), cpu);
            reference.interrupted(cpu);
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

    private void change(List<String> done, HostChange change) {
        done.add(change + " at " + host.nowNs());
        host.change(change);
        if (change instanceof HostChange.RpsCpus to) {
            CpuMask online = host.softnet().online();
            reference.steering.map = Arrays.stream(to.rpsCpus().and(online).cpus())
                    .asLongStream()
                    .toArray();
        } else if (change instanceof HostChange.RpsFlowCnt to) {
            reference.steering.flowCnt(to.slots());
        } else if (change instanceof HostChange.RpsSockFlowEntries to) {
            reference.steering.sockFlowEntries(to.entries());
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
            reference.online(to.cpu(), to.online());
        }
        pass(0);
    }

    private Scenario scenario(KernelRules rules) {
        Map<Stage, StageCost> costs = new EnumMap<>(Stage.class);
        for (Stage stage : Stage.values()) {
            costs.put(stage, new StageCost(0, 0, 0, "test"));
        }
        Map<Distance, Integer> lines = new EnumMap<>(Distance.class);
        for (Distance distance : Distance.values()) {
            lines.put(distance, 0);
        }
        HostProfile profile = new HostProfile("random", CpuTopology.flat(cpus), 250, (int) IPI_NS, costs, lines);
        CpuMask all = CpuMask.all(cpus);
        NicConfig nic = new NicConfig(NicConfig.Path.NETIF_RX, 1, List.of(all), 256, 0, Collections.nCopies(128, 0));
        NetConfig net = new NetConfig(1000, 300, 8000, 64, 0, List.of(new RxQueueConfig(CpuMask.empty(cpus), 0)));
        Load load = new Load(
                NoArrivals::new,
                Load.Pacing.TIMED,
                new Application(machine -> new OnCpu0(), 0, Application.DEFAULT_RCVBUF_BYTES));
        return new Scenario(
                "random",
                new Machine(rules, profile, all, nic, net),
                SteeringCatalog.steering("rfs"),
                load,
                Measure.ALL,
                1);
    }

    /** Writes down what the product does, in the words of the reference. */
    private final class Witness implements RxObserver {
        @Override
        public void onSteered(long nowNs, int flow, int sequence, int cpu, long decision) {
            log.add("steered " + flow + " by " + cpu + " to " + Decision.cpu(decision) + " "
                    + Decision.reason(decision));
        }

        @Override
        public void onEnqueued(long nowNs, int flow, int sequence, int cpu, int qtail) {
            log.add("queued " + flow + " on " + cpu + " tail " + Integer.toUnsignedString(qtail));
        }

        @Override
        public void onDropped(long nowNs, int flow, int sequence, int cpu, DropReason reason) {
            log.add("dropped " + flow + " at " + cpu + " " + reason);
        }

        @Override
        public void onProcessed(long nowNs, int flow, int sequence, int cpu) {
            log.add("processed " + flow + " on " + cpu + " at " + nowNs);
        }
    }

    private static final class NoArrivals implements ArrivalSource {
        @Override
        public boolean next(Arrival out) {
            return false;
        }

        @Override
        public String describeFlow(int flow) {
            return "flow " + flow;
        }
    }

    private static final class OnCpu0 implements ThreadPlacement {
        @Override
        public int initialCpu(int thread) {
            return 0;
        }

        @Override
        public long nextMoveNs() {
            return NEVER;
        }

        @Override
        public long move(int flows) {
            throw new IllegalStateException("no move is planned");
        }
    }
}
