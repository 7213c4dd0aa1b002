package io.rxsim.steering;

import io.rxsim.core.softnet.SoftnetView;
import io.rxsim.core.steer.Decision;
import io.rxsim.core.steer.SteeringPolicy;
import java.util.Arrays;

/** Heads, tails and online bits that a test sets; a SoftnetView may only be asked for CPUs that exist. */
final class Backlogs implements SoftnetView {
    final int[] heads;
    final int[] tails;
    final boolean[] online;

    Backlogs(int cpus) {
        heads = new int[cpus];
        tails = new int[cpus];
        online = new boolean[cpus];
        Arrays.fill(online, true);
    }

    /** All counters of all CPUs start at the same value, for wraps. */
    Backlogs startingAt(int counter) {
        Arrays.fill(heads, counter);
        Arrays.fill(tails, counter);
        return this;
    }

    /** One packet: steered, and appended to the backlog of the CPU it goes to. Returns the decision. */
    long packet(SteeringPolicy policy, int rxQueue, int hash) {
        long decision = policy.steer(rxQueue, hash, 0, this);
        int cpu = Decision.cpu(decision);
        if (cpu != Decision.NO_CPU) {
            tails[cpu]++;
            if (Decision.hasSlot(decision)) {
                policy.onEnqueued(rxQueue, decision, tails[cpu]);
            }
        }
        return decision;
    }

    /** The CPU's poll returns with everything done. */
    void drain(int cpu) {
        heads[cpu] = tails[cpu];
    }

    @Override
    public int cpuCount() {
        return heads.length;
    }

    @Override
    public boolean isOnline(int cpu) {
        return online[cpu];
    }

    @Override
    public int inputQueueHead(int cpu) {
        return heads[cpu];
    }

    @Override
    public int inputQueueTail(int cpu) {
        return tails[cpu];
    }
}
