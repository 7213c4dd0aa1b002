package io.rxsim.core.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import io.rxsim.core.run.RandomStream;
import io.rxsim.core.run.RandomStreams;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CpuRmapTest {
    private static CpuMask mask(int cpus, int... members) {
        CpuMask mask = CpuMask.empty(cpus);
        for (int cpu : members) {
            mask = mask.or(CpuMask.of(cpu, cpus));
        }
        return mask;
    }

    private static List<Integer> queues(CpuRmap map, int cpus) {
        List<Integer> queues = new ArrayList<>();
        for (int cpu = 0; cpu < cpus; cpu++) {
            queues.add(map.queueNear(cpu));
        }
        return queues;
    }

    @Test
    void shouldBeginOnARota() {
        CpuRmap map = new CpuRmap(CpuTopology.flat(5), 2);
        assertThat(queues(map, 5)).containsExactly(0, 1, 0, 1, 0);
        assertThat(map.distance(3)).isEqualTo(0xffff);
    }

    /** Two packages of two cores with two threads: CPUs 0-3 are first threads of cores 0-3, CPUs 4-7 the second ones. */
    @Test
    void shouldTakeSiblingThenPackageByHand() {
        CpuRmap map = new CpuRmap(new CpuTopology(2, 2, 2, 2), 3);
        CpuMask online = CpuMask.all(8);
        map.update(0, mask(8, 0), online);
        assertThat(queues(map, 8)).containsExactly(0, 0, 2, 0, 0, 0, 0, 1);
        assertThat(map.distance(4)).isEqualTo(1);
        assertThat(map.distance(5)).isEqualTo(2);
        map.update(1, mask(8, 1), online);
        assertThat(queues(map, 8)).containsExactly(0, 1, 2, 0, 0, 1, 0, 1);
        map.update(2, mask(8, 3), online);
        assertThat(queues(map, 8)).containsExactly(0, 1, 2, 2, 0, 1, 2, 2);
    }

    @Test
    void shouldLeaveCpusThatAreOfflineWhereTheyWere() {
        CpuRmap map = new CpuRmap(CpuTopology.flat(4), 2);
        map.update(0, mask(4, 0), CpuMask.all(4));
        map.update(0, mask(4, 1), mask(4, 1, 2, 3));
        assertThat(map.distance(0)).isZero();
        assertThat(queues(map, 4)).containsExactly(0, 0, 0, 0);
    }

    /** The rules of lib/cpu_rmap.c again, with lists and without early ends. */
    @Test
    void shouldFindWhatANaiveMapFinds() {
        for (long seed = 1; seed <= 60; seed++) {
            RandomStream random = RandomStreams.stream(seed, "rmap");
            CpuTopology topology =
                    new CpuTopology(1 + random.nextInt(2), 2 << random.nextInt(2), 2, 1 + random.nextInt(2));
            int cpus = topology.cpuCount();
            int queues = 1 + random.nextInt(5);
            CpuRmap map = new CpuRmap(topology, queues);
            int[][] near = new int[cpus][];
            for (int cpu = 0; cpu < cpus; cpu++) {
                near[cpu] = new int[] {cpu % queues, 0xffff};
            }
            for (int step = 0; step < 20; step++) {
                int queue = random.nextInt(queues);
                CpuMask affinity = mask(cpus, random.nextInt(cpus), random.nextInt(cpus));
                CpuMask online = mask(cpus, 0, random.nextInt(cpus), random.nextInt(cpus), random.nextInt(cpus));
                map.update(queue, affinity, online);
                naive(topology, near, queue, affinity, online);
                for (int cpu = 0; cpu < cpus; cpu++) {
                    assertThat(new int[] {map.queueNear(cpu), map.distance(cpu)})
                            .as("seed %d step %d cpu %d", seed, step, cpu)
                            .isEqualTo(near[cpu]);
                }
            }
        }
    }

    private static void naive(CpuTopology topology, int[][] near, int queue, CpuMask affinity, CpuMask online) {
        List<Integer> stale = new ArrayList<>();
        for (int cpu = 0; cpu < near.length; cpu++) {
            if (online.contains(cpu) && near[cpu][0] == queue) {
                near[cpu][1] = 0xffff;
                stale.add(cpu);
            }
        }
        for (int cpu = 0; cpu < near.length; cpu++) {
            if (affinity.contains(cpu)) {
                near[cpu] = new int[] {queue, 0};
                for (int other = 0; other < near.length; other++) {
                    if (topology.distance(cpu, other) != Distance.REMOTE) {
                        stale.add(other);
                    }
                }
            }
        }
        stale.stream().distinct().sorted().forEach(cpu -> {
            List<Distance> reach = List.of(Distance.SMT, Distance.PACKAGE, Distance.PACKAGE);
            for (int far = 1; far <= 3; far++) {
                for (int other = 0; other < near.length; other++) {
                    boolean inReach = topology.distance(cpu, other).compareTo(reach.get(far - 1)) <= 0;
                    if (inReach && near[cpu][1] > far && near[other][1] <= far) {
                        near[cpu] = new int[] {near[other][0], far};
                        return;
                    }
                }
            }
        });
    }
}
