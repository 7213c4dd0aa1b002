package io.rxsim.bench.jmh;

import io.rxsim.core.run.Machine;
import io.rxsim.core.softnet.SoftnetData;
import io.rxsim.core.steer.Decision;
import io.rxsim.core.steer.SteeringPolicy;
import io.rxsim.core.steer.SteeringReason;
import io.rxsim.steering.NoSteering;
import io.rxsim.steering.RfsPolicy;
import io.rxsim.steering.RpsDevFlowTable;
import io.rxsim.steering.RpsMap;
import io.rxsim.steering.RpsPolicy;
import io.rxsim.steering.RpsSockFlowTable;
import java.util.SplittableRandom;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * One steering decision: {@code steer} alone, without hash and enqueue, on a host of 16 CPUs. Packets come from all flows in
 * turn, in random order, so that a large number of flows misses the caches as it does in a host.
 *
 * <p>The baselines ({@code loads...}) walk the same packets and only load what a decision cannot do without, from the same
 * tables through the same accessors: for RPS the map's entry and the CPU's online state, for RFS the entries of the global
 * table and of the queue's table, and the CPU's online state. What a policy takes beyond that is its own.
 *
 * <p>Expected: no allocation; RPS at most 2 times, an RFS hit at most 2.5 times its baseline.
 */
@Look({"flows=1000", "flows=1000000"})
public class SteeringBenchmark {
    private static final int CPUS = 16;
    private static final int QUEUE = 0;

    /** Packets of a number of flows, and the CPUs' counters. */
    @State(Scope.Thread)
    public abstract static class Packets {
        /** Flows. */
        @Param({"1000", "100000", "1000000"})
        public int flows;

        SoftnetData softnet;
        Machine machine;
        int[] hashes;
        private int position;

        /** Draws the flows, then makes what decides. */
        @Setup
        public void prepare() {
            draw();
            makePolicies();
        }

        abstract void makePolicies();

        /**
         * Draws one hash per flow such that no two share an entry or a slot; a collision would turn a hit into a fallback.
         * Drawn at random, they come in random order of entry and slot.
         */
        private void draw() {
            machine = BenchmarkHosts.of(CPUS, 1, flows);
            softnet = new SoftnetData(machine.online());
            RfsPolicy sizes = new RfsPolicy(machine);
            boolean[] entryTaken = new boolean[sizes.sockFlowTable().size()];
            boolean[] slotTaken = new boolean[sizes.flowTable(QUEUE).size()];
            SplittableRandom random = new SplittableRandom(7);
            hashes = new int[flows];
            for (int flow = 0; flow < flows; ) {
                int hash = random.nextInt();
                int entry = sizes.sockFlowTable().index(hash);
                int slot = sizes.flowTable(QUEUE).slot(hash);
                if (hash != 0 && !entryTaken[entry] && !slotTaken[slot]) {
                    entryTaken[entry] = true;
                    slotTaken[slot] = true;
                    hashes[flow++] = hash;
                }
            }
        }

        /** The place of the next batch's first packet. */
        int nextBatch() {
            int from = position;
            position = from + Batch.SIZE == hashes.length ? 0 : from + Batch.SIZE;
            return from;
        }

        long steer(SteeringPolicy policy) {
            int from = nextBatch();
            int[] packets = hashes;
            SoftnetData view = softnet;
            long sum = 0;
            for (int i = from; i < from + Batch.SIZE; i++) {
                sum += policy.steer(QUEUE, packets[i], 0, view);
            }
            return sum;
        }
    }

    /** The policies without flow tables. */
    @State(Scope.Thread)
    public static class Tableless extends Packets {
        private final NoSteering none = new NoSteering();
        private RpsPolicy rps;

        @Override
        void makePolicies() {
            rps = new RpsPolicy(machine);
        }
    }

    /** RFS whose tables answer every packet with one reason. */
    public abstract static class Tables extends Packets {
        RfsPolicy rfs;
        private final SteeringReason reason;

        Tables(SteeringReason reason) {
            this.reason = reason;
        }

        @Override
        void makePolicies() {
            rfs = new RfsPolicy(machine);
            for (int flow = 0; flow < flows; flow++) {
                fill(hashes[flow], flow % CPUS);
            }
            for (int hash : hashes) {
                SteeringReason given = Decision.reason(rfs.steer(QUEUE, hash, 0, softnet));
                if (given != reason) {
                    throw new IllegalStateException("reason=" + given + ", a benchmark of " + reason + " needs that");
                }
            }
        }

        abstract void fill(int hash, int cpu);

        /** The flow's application is on {@code cpu}, and one packet of it was enqueued there. Teaches the compiler no other path. */
        void settle(int hash, int cpu) {
            RpsDevFlowTable slots = rfs.flowTable(QUEUE);
            rfs.onConsumed(hash, cpu);
            slots.setCpu(slots.slot(hash), cpu);
            slots.setLastQtail(slots.slot(hash), 1);
        }
    }

    /** Every flow's packets go where its application is. */
    @State(Scope.Thread)
    public static class Hit extends Tables {
        /** Tables of hits. */
        public Hit() {
            super(SteeringReason.MATCH);
        }

        @Override
        void fill(int hash, int cpu) {
            settle(hash, cpu);
        }
    }

    /** Every flow's application has moved, and the old CPU's backlog has not drained. */
    @State(Scope.Thread)
    public static class Held extends Tables {
        /** Tables of held flows. */
        public Held() {
            super(SteeringReason.HELD);
        }

        @Override
        void fill(int hash, int cpu) {
            settle(hash, cpu);
            rfs.onConsumed(hash, (cpu + 1) % CPUS);
        }
    }

    /** No application has consumed yet: the map decides. */
    @State(Scope.Thread)
    public static class Fallback extends Tables {
        /** Empty tables. */
        public Fallback() {
            super(SteeringReason.FALLBACK);
        }

        @Override
        void fill(int hash, int cpu) {
            rfs.onClosed(hash);
        }
    }

    /** The unavoidable loads of RPS. */
    @Benchmark
    public long loadsOfRps(Tableless state) {
        int from = state.nextBatch();
        int[] packets = state.hashes;
        SoftnetData view = state.softnet;
        RpsMap map = state.rps.map(QUEUE);
        long sum = 0;
        for (int i = from; i < from + Batch.SIZE; i++) {
            int cpu = map.cpu(packets[i]);
            sum += cpu + (view.isOnline(cpu) ? 1 : 0);
        }
        return sum;
    }

    /** The unavoidable loads of an RFS hit. */
    @Benchmark
    public long loadsOfRfs(Hit state) {
        int from = state.nextBatch();
        int[] packets = state.hashes;
        SoftnetData view = state.softnet;
        RpsSockFlowTable entries = state.rfs.sockFlowTable();
        RpsDevFlowTable slots = state.rfs.flowTable(QUEUE);
        long sum = 0;
        for (int i = from; i < from + Batch.SIZE; i++) {
            int hash = packets[i];
            int cpu = slots.cpu(slots.slot(hash));
            sum += entries.entry(entries.index(hash)) + cpu + (view.isOnline(cpu) ? 1 : 0);
        }
        return sum;
    }

    /** No steering. */
    @Benchmark
    public long none(Tableless state) {
        return state.steer(state.none);
    }

    /** RPS. */
    @Benchmark
    public long rps(Tableless state) {
        return state.steer(state.rps);
    }

    /** RFS: the slot's CPU is the desired one. */
    @Benchmark
    public long rfsHit(Hit state) {
        return state.steer(state.rfs);
    }

    /** RFS: the slot's CPU has not drained. */
    @Benchmark
    public long rfsHeld(Held state) {
        return state.steer(state.rfs);
    }

    /** RFS without an entry: the map decides. */
    @Benchmark
    public long rfsFallback(Fallback state) {
        return state.steer(state.rfs);
    }
}
