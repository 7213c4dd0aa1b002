package io.rxsim.steering;

import static io.rxsim.steering.Hosts.host;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import io.rxsim.core.kernel.KernelRules;
import io.rxsim.core.run.Machine;
import io.rxsim.core.steer.Decision;
import io.rxsim.core.steer.FlowAwareSteering;
import io.rxsim.core.steer.SteeringPolicy;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What every member of the catalog must hold, in both eras; a new catalog line is tested without a new test. */
class SteeringContractTest {
    private static final int CPUS = 6;
    private static final int FLOWS = 64;

    private final Backlogs backlogs = new Backlogs(CPUS);

    static Stream<Arguments> members() {
        return SteeringCatalog.catalog().names().stream()
                .flatMap(name -> KernelRules.versions().stream().map(version -> Arguments.of(name, version)));
    }

    private static SteeringPolicy policy(String name, String version) {
        Machine machine = host(KernelRules.of(version), CPUS)
                .sockFlowEntries(16)
                .queue("2d", 8)
                .queue("0", 1)
                .queue("3f", 0)
                .machine();
        return SteeringCatalog.catalog().get(name).create(machine, flow -> flow % 7 - 1);
    }

    /** Random packets, recvs, closes, polls and CPUs going up and down; queue 3 does not exist. Returns all decisions. */
    private List<Long> exercise(SteeringPolicy policy, long seed, int operations) {
        List<Long> decisions = new ArrayList<>();
        Random random = new Random(seed);
        for (int i = 0; i < operations; i++) {
            int flow = random.nextInt(FLOWS);
            int hash = flow * 0x9e3779b9;
            int cpu = random.nextInt(CPUS);
            switch (random.nextInt(8)) {
                case 0 -> policy.onConsumed(hash == 0 ? 1 : hash, cpu);
                case 1 -> policy.onClosed(hash);
                case 2 -> backlogs.drain(cpu);
                case 3 -> backlogs.online[cpu] = random.nextInt(3) != 0;
                default -> {
                    if (policy instanceof FlowAwareSteering aware) {
                        aware.onPacket(flow);
                    }
                    decisions.add(backlogs.packet(policy, random.nextInt(4), hash));
                    assertOnline(decisions.get(decisions.size() - 1), seed);
                }
            }
        }
        return decisions;
    }

    private void assertOnline(long decision, long seed) {
        int cpu = Decision.cpu(decision);
        assertThat(cpu).as("seed %d", seed).isBetween(Decision.NO_CPU, CPUS - 1);
        assertThat(cpu == Decision.NO_CPU || backlogs.online[cpu])
                .as("CPU %d is online, seed %d", cpu, seed)
                .isTrue();
        if (Decision.hasSlot(decision)) {
            assertThat(cpu).as("a tracked packet has a CPU, seed %d", seed).isNotEqualTo(Decision.NO_CPU);
        }
    }

    @ParameterizedTest
    @MethodSource("members")
    void shouldChooseOnlyOnlineCpusAndDecideTheSameTwice(String name, String version) {
        List<Long> first = exercise(policy(name, version), 42, 20_000);
        Backlogs fresh = new Backlogs(CPUS);
        System.arraycopy(fresh.heads, 0, backlogs.heads, 0, CPUS);
        System.arraycopy(fresh.tails, 0, backlogs.tails, 0, CPUS);
        System.arraycopy(fresh.online, 0, backlogs.online, 0, CPUS);
        assertThat(exercise(policy(name, version), 42, 20_000)).isEqualTo(first);
    }

    @ParameterizedTest
    @MethodSource("members")
    void shouldAllocateNothingPerPacket(String name, String version) {
        SteeringPolicy policy = policy(name, version);
        packets(policy, 20_000);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long least = Long.MAX_VALUE;
        for (int attempt = 0; attempt < 5; attempt++) {
            long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
            packets(policy, 20_000);
            least = Math.min(
                    least,
                    threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - before);
        }
        assertThat(least).as("bytes for 20,000 packets").isLessThan(1_000);
    }

    private void packets(SteeringPolicy policy, int count) {
        for (int i = 0; i < count; i++) {
            int flow = i % FLOWS;
            int hash = 1 + flow * 0x9e3779b9;
            if (policy instanceof FlowAwareSteering aware) {
                aware.onPacket(flow);
            }
            backlogs.packet(policy, i % 3, hash);
            if (i % 5 == 0) {
                policy.onConsumed(hash, i % CPUS);
                backlogs.drain(i % CPUS);
            }
            if (i % 97 == 0) {
                policy.onClosed(hash);
            }
        }
    }

    @Test
    void shouldHoldTheFloorRpsRfsAndTheCeiling() {
        assertThat(SteeringCatalog.catalog().names()).contains("none", "rps", "rfs", "oracle");
        assertThat(SteeringCatalog.steering("rfs").name()).isEqualTo("rfs");
        assertThatThrownBy(() -> SteeringCatalog.steering("rsf"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("steering=rsf")
                .hasMessageContaining("rfs");
    }
}
