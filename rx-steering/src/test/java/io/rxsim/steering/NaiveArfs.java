package io.rxsim.steering;

import static org.assertj.core.api.Assertions.assertThat;

import io.rxsim.core.kernel.KernelRules;
import io.rxsim.core.run.Machine;
import io.rxsim.core.steer.Decision;
import io.rxsim.core.steer.FlowSteering;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Accelerated RFS written out after section 6 of the specification, with one object per slot; packets one by one. */
final class NaiveArfs {
    private static final int CPUS = 4;
    private static final int QUEUES = 3;
    private static final int SLOTS = 4;

    private static final class Slot {
        int cpu = 0xffff;
        int lastQtail;
        int filter = 0xffff;
        int hash;
    }

    private final Slot[][] slots = new Slot[QUEUES][SLOTS];
    private final long[] global = new long[16];
    private final Backlogs backlogs;
    private final Random answers;
    final List<String> requests = new ArrayList<>();

    NaiveArfs(Backlogs backlogs, Random answers) {
        this.backlogs = backlogs;
        this.answers = answers;
        for (Slot[] queue : slots) {
            Arrays.setAll(queue, slot -> new Slot());
        }
        Arrays.fill(global, 0xffff);
    }

    static int near(int cpu) {
        return cpu % QUEUES;
    }

    static int answer(Random random) {
        int answer = random.nextInt(6);
        return answer < 4 ? answer : -16;
    }

    private static int slot(int hash) {
        return hash * 0x61c88647 >>> 30;
    }

    boolean active(Slot slot) {
        return slot.cpu < CPUS && backlogs.heads[slot.cpu] - slot.lastQtail < 10 * SLOTS;
    }

    boolean mayExpire(int queue, int slot, int filter) {
        return slots[queue][slot].filter != filter || !active(slots[queue][slot]);
    }

    void consumed(int hash, int cpu) {
        global[hash & 15] = hash & 0xfffffffcL | cpu;
    }

    /** The CPU of a packet, or -1; its tail is recorded. */
    int packet(int queue, int hash) {
        long entry = global[hash & 15];
        if (((entry ^ hash) & 0xfffffffcL) != 0) {
            return -1;
        }
        int want = (int) entry & 3;
        Slot slot = slots[queue][slot(hash)];
        boolean gone = slot.cpu >= CPUS || !backlogs.online[slot.cpu];
        if (slot.cpu != want && (gone || backlogs.heads[slot.cpu] - slot.lastQtail >= 0)) {
            slot = steered(queue, slot, hash, want);
            slot.lastQtail = backlogs.heads[want];
            slot.cpu = want;
        }
        if (slot.cpu >= CPUS || !backlogs.online[slot.cpu]) {
            return -1;
        }
        slot.lastQtail = backlogs.tails[slot.cpu] + 1;
        return slot.cpu;
    }

    private Slot steered(int queue, Slot old, int hash, int want) {
        int target = near(want);
        Slot there = slots[target][slot(hash)];
        if (target == queue || there.filter != 0xffff && active(there) && (there.hash != hash || there.cpu == want)) {
            return old;
        }
        requests.add(hash + " " + target + " " + slot(hash));
        int filter = answer(answers);
        if (filter < 0) {
            return old;
        }
        there.filter = filter;
        there.hash = hash;
        if (old.filter == filter) {
            old.filter = 0xffff;
        }
        return there;
    }

    /** The policy and the rules above see the same packets, recvs, polls and CPUs going up and down. */
    static void compare(long seed) {
        Hosts host = Hosts.host(KernelRules.V6_18, CPUS).sockFlowEntries(16);
        for (int queue = 0; queue < QUEUES; queue++) {
            host.queue("0", SLOTS);
        }
        Machine machine = host.machine();
        Backlogs backlogs = new Backlogs(CPUS).startingAt(seed % 3 == 0 ? Integer.MAX_VALUE - 100 : -50);
        NaiveArfs naive = new NaiveArfs(backlogs, new Random(seed));
        AcceleratedRfsPolicy policy = new AcceleratedRfsPolicy(machine);
        List<String> requests = new ArrayList<>();
        Random answers = new Random(seed);
        policy.attach(new FlowSteering() {
            @Override
            public int queueNear(int cpu) {
                return near(cpu);
            }

            @Override
            public int steer(int hash, int rxQueue, int slot) {
                requests.add(hash + " " + rxQueue + " " + slot);
                return answer(answers);
            }
        });
        Random random = new Random(seed * 31);
        for (int step = 0; step < 3_000; step++) {
            String where = "seed " + seed + " step " + step;
            int cpu = random.nextInt(CPUS);
            int hash = (1 + random.nextInt(12)) * 0x9e3779b9;
            switch (random.nextInt(6)) {
                case 0 -> {
                    naive.consumed(hash, cpu);
                    policy.onConsumed(hash, cpu);
                }
                case 1 -> backlogs.drain(cpu);
                case 2 -> backlogs.online[cpu] = random.nextInt(4) != 0;
                default -> {
                    int queue = random.nextInt(QUEUES);
                    int expected = naive.packet(queue, hash);
                    assertThat(Decision.cpu(backlogs.packet(policy, queue, hash)))
                            .as(where)
                            .isEqualTo(expected);
                }
            }
            assertThat(requests).as(where).isEqualTo(naive.requests);
            int slot = random.nextInt(SLOTS);
            int filter = random.nextInt(4);
            int queue = random.nextInt(QUEUES);
            assertThat(policy.mayExpire(queue, slot, filter, backlogs))
                    .as(where)
                    .isEqualTo(naive.mayExpire(queue, slot, filter));
        }
        assertThat(requests).as("seed " + seed).hasSizeGreaterThan(20);
    }
}
