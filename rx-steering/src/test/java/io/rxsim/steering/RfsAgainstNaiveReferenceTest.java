package io.rxsim.steering;

import static io.rxsim.steering.Hosts.host;
import static org.assertj.core.api.Assertions.assertThat;

import io.rxsim.core.cpu.CpuMask;
import io.rxsim.core.kernel.KernelRules;
import io.rxsim.core.kernel.Rule;
import io.rxsim.core.steer.Decision;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A million random operations in both eras, over shapes that include CPUs that are not a power of two and tables of 1. */
class RfsAgainstNaiveReferenceTest {
    private static final int ROUNDS = 100;
    private static final int OPERATIONS = 10_000;

    @ParameterizedTest
    @CsvSource({"v6.18, 20261120", "v2.6.35, 20100402"})
    void shouldDecideAsTheNaiveReferenceDoes(String version, long seed) {
        assertThat(firstDifference(KernelRules.of(version), version.equals("v6.18"), seed, ROUNDS))
                .isNull();
    }

    @ParameterizedTest
    @EnumSource(names = {"UPPER_BIT_CHECK", "TAIL_CHECK", "SLOT_BY_HASH_32"})
    void shouldDifferFromTheReferenceWithOneRuleOff(Rule rule) {
        assertThat(firstDifference(KernelRules.V6_18.without(rule), true, 1, ROUNDS))
                .isNotNull();
    }

    private static String firstDifference(KernelRules rules, boolean modern, long seed, int rounds) {
        for (int round = 0; round < rounds; round++) {
            String difference = round(rules, modern, new Random(seed + round), "seed " + (seed + round));
            if (difference != null) {
                return difference;
            }
        }
        return null;
    }

    private static String round(KernelRules rules, boolean modern, Random random, String name) {
        int cpus = 1 + random.nextInt(9);
        int entries = random.nextInt(10) == 0 ? 0 : 1 << random.nextInt(6);
        int slots = random.nextInt(10) == 0 ? 0 : 1 << random.nextInt(5);
        String mask = Integer.toHexString(random.nextInt(1 << cpus));
        RfsPolicy policy =
                host(rules, cpus).sockFlowEntries(entries).queue(mask, slots).rfs();
        NaiveRfs naive = new NaiveRfs(
                modern, cpus, entries, slots, CpuMask.parse(mask, cpus).cpus());
        int start = random.nextBoolean() ? 0 : random.nextBoolean() ? Integer.MAX_VALUE - 50 : -50;
        Backlogs backlogs = new Backlogs(cpus).startingAt(start);
        Arrays.fill(naive.head, start & 0xffffffffL);
        Arrays.fill(naive.tail, start & 0xffffffffL);
        int[] hashes = hashes(random);
        for (int i = 0; i < OPERATIONS; i++) {
            int hash = hashes[random.nextInt(hashes.length)];
            int cpu = random.nextInt(cpus);
            switch (random.nextInt(16)) {
                case 0, 1 -> {
                    policy.onConsumed(hash, cpu);
                    if (entries > 0) {
                        naive.consumed(hash & 0xffffffffL, cpu);
                    }
                }
                case 2 -> {
                    policy.onClosed(hash);
                    if (entries > 0) {
                        naive.closed(hash & 0xffffffffL);
                    }
                }
                case 3 -> {
                    int done = random.nextInt(backlogs.tails[cpu] - backlogs.heads[cpu] + 1);
                    backlogs.heads[cpu] += done;
                    naive.head[cpu] = backlogs.heads[cpu] & 0xffffffffL;
                }
                case 4 -> {
                    boolean up = random.nextInt(4) != 0;
                    backlogs.online[cpu] = up;
                    naive.online[cpu] = up;
                }
                default -> {
                    boolean accepted = random.nextInt(8) != 0;
                    String expected = naive.packet(hash & 0xffffffffL, accepted);
                    String actual = packet(policy, backlogs, hash, accepted);
                    if (!expected.equals(actual)) {
                        return name + ", operation " + i + ", hash " + Integer.toHexString(hash) + ": reference "
                                + expected + ", policy " + actual;
                    }
                }
            }
        }
        return null;
    }

    private static String packet(RfsPolicy policy, Backlogs backlogs, int hash, boolean accepted) {
        long decision = policy.steer(0, hash, 0L, backlogs);
        int cpu = Decision.cpu(decision);
        if (cpu != Decision.NO_CPU && accepted) {
            backlogs.tails[cpu]++;
            if (Decision.hasSlot(decision)) {
                policy.onEnqueued(0, decision, backlogs.tails[cpu]);
            }
        }
        return cpu + ":" + Decision.reason(decision).label();
    }

    /** Few hashes, so that they collide; among them 0, and those that an empty entry is mistaken for. */
    private static int[] hashes(Random random) {
        int[] hashes = new int[24];
        for (int i = 4; i < hashes.length; i++) {
            hashes[i] = random.nextInt();
        }
        hashes[1] = 0xffff;
        hashes[2] = 0xfff8 + random.nextInt(8);
        hashes[3] = hashes[4] ^ random.nextInt(16);
        return hashes;
    }
}
