package io.rxsim.steering;

import static org.assertj.core.api.Assertions.assertThat;

import io.rxsim.core.cpu.CpuMask;
import io.rxsim.core.kernel.KernelRules;
import io.rxsim.core.run.Application;
import io.rxsim.core.run.Arrival;
import io.rxsim.core.run.ArrivalSource;
import io.rxsim.core.run.CpuResult;
import io.rxsim.core.run.DeviceState;
import io.rxsim.core.run.HandoverCause;
import io.rxsim.core.run.HostChange;
import io.rxsim.core.run.Load;
import io.rxsim.core.run.Machine;
import io.rxsim.core.run.Measure;
import io.rxsim.core.run.NapiThreads;
import io.rxsim.core.run.NtupleConfig;
import io.rxsim.core.run.RandomStream;
import io.rxsim.core.run.RandomStreams;
import io.rxsim.core.run.RunResult;
import io.rxsim.core.run.RxObserver;
import io.rxsim.core.run.Scenario;
import io.rxsim.core.run.StopSignal;
import io.rxsim.core.run.ThreadPlacement;
import io.rxsim.core.run.Timeline;
import io.rxsim.core.softnet.DropReason;
import io.rxsim.core.virtual.VirtualEngine;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Random timelines under random traffic, all policies, both eras: every law of docs/architecture.md holds in every run, and the
 * soak as a whole meets every cause and drop that a timeline brings.
 */
class TimelineSoakTest {
    private static final int CPUS = 6;
    private static final int QUEUES = 2;
    private static final int PACKETS = 1_500;
    private static final long MEAN_GAP_NS = 300;
    private static final long LOAD_NS = PACKETS * MEAN_GAP_NS;

    private final Map<HandoverCause, Long> handover = new EnumMap<>(HandoverCause.class);
    private long napiThreadNs;
    private final Map<DropReason, Long> dropped = new EnumMap<>(DropReason.class);

    @Test
    void shouldHoldAllLawsWhateverChanges() {
        int stuck = 0;
        for (long seed = 1; seed <= 400; seed++) {
            RunResult result = run(seed);
            String where = "seed " + seed + " " + result.scenario().steering().name() + " "
                    + result.scenario().machine().rules();
            assertThat(result.traffic().packets())
                    .as(where)
                    .isEqualTo(result.traffic().delivered()
                            + result.traffic().droppedTotal()
                            + result.traffic().queued());
            assertThat(result.order().violations())
                    .as(where + ": " + result.order().firstViolation())
                    .isZero();
            result.order().handover().forEach((cause, count) -> handover.merge(cause, count, Long::sum));
            result.traffic().dropped().forEach((reason, count) -> dropped.merge(reason, count, Long::sum));
            for (CpuResult cpu : result.cpus()) {
                napiThreadNs += cpu.usage().napiThreadNs();
            }
            stuck += result.traffic().queued() > 0 ? 1 : 0;
        }
        assertThat(napiThreadNs).isPositive();
        assertThat(handover.get(HandoverCause.TABLE_CHANGED)).as("%s", handover).isPositive();
        assertThat(handover.get(HandoverCause.CPU_OFFLINE)).as("%s", handover).isPositive();
        assertThat(dropped.get(DropReason.NIC_DOWN)).as("%s", dropped).isPositive();
        assertThat(dropped.get(DropReason.DEV_READY)).as("%s", dropped).isPositive();
        assertThat(dropped.get(DropReason.CPU_BACKLOG)).as("%s", dropped).isPositive();
        assertThat(stuck).as("runs in which a dead CPU kept packets").isLessThan(200);
    }

    @Test
    void shouldRepeatExactly() {
        for (long seed = 1; seed <= 10; seed++) {
            assertThat(run(seed).digest()).isEqualTo(run(seed).digest());
        }
    }

    private static RunResult run(long seed) {
        RandomStream random = RandomStreams.stream(seed, "soak");
        boolean old = random.nextInt(3) == 0;
        Hosts host = Hosts.host(old ? KernelRules.V2_6_35 : KernelRules.V6_18, CPUS)
                .sockFlowEntries(random.nextInt(4) == 0 ? 0 : 64);
        for (int queue = 0; queue < QUEUES; queue++) {
            host.queue(random.nextInt(3) == 0 ? "0" : "2f", random.nextInt(4) == 0 ? 0 : 16);
        }
        Machine plain = host.machine();
        Machine machine = new Machine(
                plain.rules(),
                plain.profile(),
                plain.online(),
                plain.nic().with(new NtupleConfig(16, 5_000, 50_000)),
                plain.net(),
                old ? NapiThreads.NONE : new NapiThreads(random.nextInt(3) == 0, random.nextInt(3) == 0));
        List<String> policies = SteeringCatalog.catalog().names();
        String policy = policies.get(random.nextInt(policies.size()));
        Load load = new Load(
                () -> new Packets(RandomStreams.stream(seed, "packets")),
                Load.Pacing.TIMED,
                new Application(any -> new RoundRobin(), 200, Application.DEFAULT_RCVBUF_BYTES));
        Scenario scenario = new Scenario(
                "soak", machine, SteeringCatalog.steering(policy), load, Measure.ALL, seed, timeline(random, old));
        return new VirtualEngine().run(scenario, RxObserver.NONE, StopSignal.NEVER);
    }

    private static Timeline timeline(RandomStream random, boolean old) {
        List<Timeline.Timed> changes = new ArrayList<>();
        long atNs = 0;
        int online = (1 << CPUS) - 1;
        while (true) {
            atNs += 1 + random.nextInt((int) (LOAD_NS / 12));
            if (atNs >= LOAD_NS) {
                return new Timeline(changes);
            }
            int cpu = random.nextInt(CPUS);
            int queue = random.nextInt(QUEUES);
            HostChange change = switch (random.nextInt(old ? 13 : 14)) {
                case 0 -> new HostChange.RpsCpus(queue, mask(random.nextInt(1 << CPUS)));
                case 1 -> new HostChange.RpsFlowCnt(queue, 1 << random.nextInt(6) >> 1);
                case 2 -> new HostChange.RpsSockFlowEntries(random.nextInt(4) == 0 ? 0 : 64);
                case 3 -> new HostChange.NetdevMaxBacklog(random.nextInt(40) - 1);
                case 4 -> new HostChange.NetdevBudget(1 + random.nextInt(100));
                case 5 -> new HostChange.BacklogWeight(1 + random.nextInt(64));
                case 6 -> new HostChange.IrqAffinity(queue, mask(online));
                case 7 -> new HostChange.Device(DeviceState.DOWN);
                case 8 -> new HostChange.Device(random.nextInt(3) == 0 ? DeviceState.UNREGISTERED : DeviceState.UP);
                case 9 -> new HostChange.ThreadsMove(cpu, random.nextInt(CPUS));
                case 10 -> new HostChange.ThreadMove(random.nextInt(8), cpu);
                case 13 -> new HostChange.Threaded(random.nextInt(2) == 0);
                default -> {
                    boolean up = (online >> cpu & 1) == 0 || online == 1 << cpu;
                    online = up ? online | 1 << cpu : online & ~(1 << cpu);
                    yield new HostChange.CpuOnline(cpu, up);
                }
            };
            changes.add(new Timeline.Timed(atNs, change));
            if (change instanceof HostChange.Device device && device.state() != DeviceState.UP) {
                atNs += random.nextInt(5_000);
                changes.add(new Timeline.Timed(atNs, new HostChange.Device(DeviceState.UP)));
            }
        }
    }

    private static CpuMask mask(int bits) {
        return CpuMask.parse(Integer.toHexString(bits), CPUS);
    }

    /** Bursts of eight flows over both queues, one queue per flow. */
    private static final class Packets implements ArrivalSource {
        private final RandomStream random;
        private final int[] sequence = new int[8];
        private long timeNs;
        private int sent;

        Packets(RandomStream random) {
            this.random = random;
        }

        @Override
        public boolean next(Arrival out) {
            if (sent++ == PACKETS) {
                return false;
            }
            timeNs += random.nextInt(4) == 0 ? random.nextInt((int) (8 * MEAN_GAP_NS)) : 0;
            int flow = random.nextInt(8);
            out.timeNs = timeNs;
            out.flow = flow;
            out.sequence = sequence[flow]++;
            out.hash = (flow + 1) * 0x9e3779b9;
            out.rssHash = flow;
            out.rxQueue = flow % QUEUES;
            out.lengthBytes = 100;
            out.payloadBytes = 58;
            out.socket = true;
            return true;
        }

        @Override
        public String describeFlow(int flow) {
            return "flow " + flow;
        }
    }

    private static final class RoundRobin implements ThreadPlacement {
        @Override
        public int initialCpu(int thread) {
            return thread % CPUS;
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
