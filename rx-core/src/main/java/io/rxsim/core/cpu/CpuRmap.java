package io.rxsim.core.cpu;

import java.util.Arrays;

/**
 * Which RX queue's interrupt is nearest to each CPU ({@code struct cpu_rmap}, lib/cpu_rmap.c, 6.18).
 *
 * <p>CPUs begin on a rota of the queues at infinite distance. An affinity change of a queue puts the CPUs of its mask at
 * distance 0, and every CPU that had it, and every CPU of a node touched, looks in ascending order among its hyper-threads
 * (distance 1), its package (2) and its node (3) for one that is nearer to a queue than itself. A node is a package here. One
 * thread.
 */
public final class CpuRmap {
    /** Most queues. */
    public static final int MAX_QUEUES = 0xffff;

    private static final int INFINITE = 0xffff;
    private static final int SIBLING = 1;
    private static final int PACKAGE = 2;

    private final CpuTopology topology;
    private final int[] queue;
    private final int[] distance;

    /** A map of {@code queues} whose interrupts may go anywhere. */
    public CpuRmap(CpuTopology topology, int queues) {
        if (queues < 1 || queues > MAX_QUEUES) {
            throw new IllegalArgumentException("queues=" + queues + ", allowed is 1 to " + MAX_QUEUES);
        }
        this.topology = topology;
        queue = new int[topology.cpuCount()];
        distance = new int[queue.length];
        Arrays.setAll(queue, cpu -> cpu % queues);
        Arrays.fill(distance, INFINITE);
    }

    /** The queue nearest to a CPU. */
    public int queueNear(int cpu) {
        return queue[cpu];
    }

    /** How near it is: 0 its interrupt goes there, 1 to a hyper-thread, 2 or 3 farther, 0xffff unknown. */
    public int distance(int cpu) {
        return distance[cpu];
    }

    /** The affinity of a queue's interrupt has changed. */
    public void update(int changed, CpuMask affinity, CpuMask online) {
        final boolean[] stale = new boolean[queue.length];
        for (int cpu = 0; cpu < queue.length; cpu++) {
            if (online.contains(cpu) && queue[cpu] == changed) {
                distance[cpu] = INFINITE;
                stale[cpu] = true;
            }
        }
        for (int cpu : affinity.cpus()) {
            queue[cpu] = changed;
            distance[cpu] = 0;
            for (int other = 0; other < queue.length; other++) {
                stale[other] |= topology.distance(cpu, other) != Distance.REMOTE;
            }
        }
        for (int cpu = 0; cpu < queue.length; cpu++) {
            if (stale[cpu] && !copyNeighbour(cpu, SIBLING, Distance.SMT)) {
                // Package and node are the same CPUs, so that nothing is left to find at distance 3.
                copyNeighbour(cpu, PACKAGE, Distance.PACKAGE);
            }
        }
    }

    private boolean copyNeighbour(int cpu, int newDistance, Distance within) {
        for (int other = 0; other < queue.length; other++) {
            if (topology.distance(cpu, other).compareTo(within) <= 0
                    && distance[cpu] > newDistance
                    && distance[other] <= newDistance) {
                queue[cpu] = queue[other];
                distance[cpu] = newDistance;
                return true;
            }
        }
        return false;
    }
}
