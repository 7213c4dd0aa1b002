package io.rxsim.core.virtual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import io.rxsim.core.cost.Stage;
import io.rxsim.core.cpu.CpuTopology;
import io.rxsim.core.run.Arrival;
import io.rxsim.core.run.ArrivalSource;
import io.rxsim.core.run.Load;
import io.rxsim.core.run.Measure;
import io.rxsim.core.run.RandomStream;
import io.rxsim.core.run.RandomStreams;
import io.rxsim.core.run.RunResult;
import io.rxsim.core.softnet.DropReason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.util.EnumSet;
import org.junit.jupiter.api.Test;

class VirtualEngineTest {
    /** A thousand flows, packets at random gaps, made up one by one. */
    private static ArrivalSource generated(long packets, int meanGapNs) {
        RandomStream random = RandomStreams.stream(41, "generated");
        return new ArrivalSource() {
            private long made;
            private long nowNs;
            private final int[] sequences = new int[1000];

            @Override
            public boolean next(Arrival out) {
                if (made == packets) {
                    return false;
                }
                made++;
                nowNs += random.nextInt(2 * meanGapNs);
                out.timeNs = nowNs;
                out.flow = random.nextInt(1000);
                out.sequence = sequences[out.flow]++;
                out.hash = out.flow * 0x9e3779b1 + 1;
                out.rssHash = out.hash;
                out.lengthBytes = 700;
                out.payloadBytes = 58;
                out.socket = true;
                return true;
            }

            @Override
            public String describeFlow(int flow) {
                return "flow " + flow;
            }
        };
    }

    private static Rig loaded(long packets, int meanGapNs) {
        Rig rig = new Rig().everyCostDiffers();
        rig.topology = CpuTopology.flat(8);
        rig.policy = () -> Policies.byHash(hash -> hash >>> 29);
        rig.placement = machine -> Placements.pinned(0, 1, 2, 3, 4, 5, 6, 7);
        rig.source = () -> generated(packets, meanGapNs);
        return rig;
    }

    private static void assertConserved(RunResult result) {
        assertThat(result.traffic().packets())
                .isEqualTo(result.traffic().delivered()
                        + result.traffic().droppedTotal()
                        + result.traffic().queued());
    }

    @Test
    void shouldConservePacketsWhateverOverflows() {
        Rig rig = loaded(50_000, 100);
        rig.ring = 256;
        rig.maxBacklog = 2;
        rig.cost(Stage.PROTOCOL, 5000);
        rig.rcvbufBytes = 2304;
        rig.serviceNs = 30_000;
        RunResult result = rig.run();
        assertConserved(result);
        assertThat(result.traffic().queued()).isZero();
        for (DropReason reason : DropReason.values()) {
            assertThat(result.traffic().dropped().get(reason) > 0)
                    .as(reason.label())
                    .isEqualTo(EnumSet.of(DropReason.RX_RING, DropReason.CPU_BACKLOG, DropReason.SOCKET_RCVBUFF)
                            .contains(reason));
        }
        long processed = result.cpus().stream()
                .mapToLong(cpu -> cpu.softnet().processed())
                .sum();
        assertThat(processed)
                .isEqualTo(result.traffic().delivered()
                        + result.traffic().dropped().get(DropReason.SOCKET_RCVBUFF));
        long ipis = result.cpus().stream()
                .mapToLong(cpu -> cpu.softnet().receivedRps())
                .sum();
        assertThat(ipis).isEqualTo(result.traffic().steered().ipis()).isPositive();
    }

    @Test
    void shouldDropNothingAndLoseNoTimeWhenFedAsFastAsTaken() {
        Rig rig = loaded(30_000, 1);
        rig.pacing = Load.Pacing.AS_FAST_AS_TAKEN;
        rig.serviceNs = 5000;
        RunResult result = rig.run();
        assertThat(result.traffic().delivered()).isEqualTo(30_000);
        assertThat(result.traffic().droppedTotal()).isZero();
        assertThat(result.partial()).isFalse();
    }

    @Test
    void shouldDropAsFastAsTakenOnlyWhatSomethingSmallerThanTheWindowRefuses() {
        for (int ring : new int[] {Load.WINDOW - 1, Load.WINDOW}) {
            Rig rig = loaded(5000, 1);
            rig.pacing = Load.Pacing.AS_FAST_AS_TAKEN;
            rig.rxUsecs = 10;
            rig.ring = ring;
            assertThat(rig.run().traffic().droppedTotal() > 0).isEqualTo(ring < Load.WINDOW);
        }
    }

    @Test
    void shouldEndWithAnErrorRatherThanWaitForPacketsThatNobodyProcesses() {
        Rig rig = loaded(1000, 1);
        rig.online = "1";
        rig.policy = () -> Policies.to(1);
        rig.pacing = Load.Pacing.AS_FAST_AS_TAKEN;
        assertThatThrownBy(rig::run).hasMessage("seed=1 variant=test: 64 packets are inside and nothing is due");
    }

    @Test
    void shouldReturnWhatWasMeasuredWhenStopped() {
        Rig rig = loaded(1_000_000, 100);
        int[] asked = new int[1];
        rig.stop = () -> ++asked[0] == 2;
        RunResult result = rig.run();
        assertThat(result.partial()).isTrue();
        assertThat(result.traffic().packets()).isEqualTo(8192);
        assertThat(result.traffic().queued()).isPositive();
        assertConserved(result);
        RunResult whole = loaded(8192, 100).run();
        assertThat(whole.partial()).isFalse();
        assertThat(whole.traffic().queued()).isZero();
    }

    @Test
    void shouldRateAStoppedRunOverTheTimeThatItCarried() {
        Rig rig = loaded(1_000_000, 100);
        rig.measure = new Measure(0, 60_000_000_000L);
        int[] asked = new int[1];
        rig.stop = () -> ++asked[0] == 2;
        Rig untilEnd = loaded(8192, 100);
        assertThat(rig.run().traffic().timing().arrivalsNs())
                .isEqualTo(untilEnd.run().traffic().timing().arrivalsNs());
    }

    @Test
    void shouldCutTheSourceAfterWarmUpAndDuration() {
        Rig rig = new Rig();
        Arrivals arrivals = Arrivals.list();
        for (int i = 0; i < 100; i++) {
            arrivals.at(i * 1000L, 0);
        }
        rig.arrivals(arrivals);
        rig.measure = new Measure(20_000, 50_000);
        RunResult result = rig.run();
        assertThat(result.traffic().packets()).isEqualTo(50);
        assertThat(result.traffic().delivered()).isEqualTo(50);
        assertThat(result.latency().total().getTotalCount()).isEqualTo(50);
        assertThat(result.traffic().timing().arrivalsNs()).isEqualTo(50_000);
        assertThat(result.traffic().flows().delivered(0)).isEqualTo(70);
        assertThat(result.cpus().get(0).softnet().processed()).isEqualTo(50);
        assertThat(result.cpus().get(0).consumed()).isEqualTo(50);
    }

    @Test
    void shouldMeasureNothingWhenTheLoadEndsInTheWarmUp() {
        Rig rig = new Rig().cost(Stage.PROTOCOL, 1000).arrivals(Arrivals.list().bareBurst(5, 0, 0));
        rig.measure = new Measure(1_000_000, Measure.UNTIL_END);
        RunResult result = rig.run();
        assertThat(result.traffic().packets()).isZero();
        assertThat(result.cpus().get(0).usage().busy()).isZero();
    }

    @Test
    void shouldFollowAThreadThatMoves() {
        Trace trace = new Trace();
        Rig rig = new Rig();
        Arrivals arrivals = Arrivals.list();
        for (int i = 0; i < 10; i++) {
            arrivals.at(i * 1000L + 1, 0);
        }
        rig.arrivals(arrivals);
        rig.topology = CpuTopology.flat(3);
        rig.placement = machine -> Placements.moving(2500, 1, 1, 2);
        rig.observer = trace;
        RunResult result = rig.run();
        assertThat(trace.of("consumed"))
                .extracting(line -> line.substring(line.length() - 1))
                .containsExactly("0", "0", "0", "1", "1", "1", "1", "1", "2", "2");
        assertThat(result.traffic().steered().threadMoves()).isEqualTo(2);
        assertThat(result.traffic().flows().applicationCpu(0)).isEqualTo(2);
        assertThat(result.traffic().steered().socketPackets()).isEqualTo(10);
        assertThat(result.traffic().steered().onApplicationCpu()).isEqualTo(3);
        assertThat(result.cpus()).extracting(cpu -> cpu.consumed()).containsExactly(3L, 5L, 2L);
    }

    @Test
    void shouldFinishThePacketInHandBeforeAThreadMoves() {
        Trace trace = new Trace();
        Rig rig = new Rig()
                .cost(Stage.RECV, 1000)
                .arrivals(Arrivals.list().burst(3, 0, 0).at(100_000, 0));
        rig.serviceNs = 2000;
        rig.placement = machine -> Placements.moving(1500, 1);
        rig.observer = trace;
        rig.run();
        assertThat(trace.of("consumed"))
                .containsExactly(
                        "1000 consumed 0/0 cpu 0",
                        "4000 consumed 0/1 cpu 1",
                        "7000 consumed 0/2 cpu 1",
                        "101000 consumed 0/3 cpu 1");
    }

    @Test
    void shouldRunThreadsInTheOrderInWhichTheyBecameRunnable() {
        Trace trace = new Trace();
        Rig rig = new Rig().cost(Stage.SWITCH, 10).cost(Stage.RECV, 100);
        rig.arrivals(Arrivals.list().at(0, 2).at(0, 0).at(0, 1).at(0, 2));
        rig.rxUsecs = 1;
        rig.observer = trace;
        rig.run();
        assertThat(trace.of("consumed"))
                .containsExactly(
                        "1110 consumed 2/0 cpu 0",
                        "1210 consumed 2/1 cpu 0",
                        "1320 consumed 0/0 cpu 0",
                        "1430 consumed 1/0 cpu 0");
    }

    @Test
    void shouldSwitchThreadsWhenASliceIsUsedUpAndOthersWait() {
        Trace trace = new Trace();
        Rig rig = new Rig()
                .cost(Stage.RECV, 1_000_000)
                .arrivals(Arrivals.list().burst(5, 0, 0).at(0, 1));
        rig.rxUsecs = 1;
        rig.observer = trace;
        rig.run();
        // A slice of 2.8 ms ends with its third packet.
        assertThat(trace.of("consumed"))
                .extracting(line -> line.replaceAll(".*consumed (\\S+) .*", "$1"))
                .containsExactly("0/0", "0/1", "0/2", "1/0", "0/3", "0/4");
    }

    @Test
    void shouldNameSeedAndVariantWhenTheModelBreaks() {
        Rig rig = new Rig();
        rig.seed = 77;
        rig.arrivals(Arrivals.list().at(10, 0).at(9, 0));
        assertThatThrownBy(rig::run).hasMessage("seed=77 variant=test: time=9ns is before now=10ns");
    }

    @Test
    void shouldNameSeedAndVariantWhateverFails() {
        Rig rig = new Rig();
        rig.seed = 78;
        rig.policy = () -> Policies.to(9);
        rig.arrivals(Arrivals.list().at(10, 0));
        assertThatThrownBy(rig::run)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("seed=78 variant=test: java.lang.ArrayIndexOutOfBoundsException");
    }

    @Test
    void shouldLetTheErrorOfAMalformedInputThrough() {
        Rig rig = new Rig();
        UncheckedIOException malformed = new UncheckedIOException(new IOException("x.pcap: byte 24"));
        rig.source = () -> {
            throw malformed;
        };
        assertThatThrownBy(rig::run).isSameAs(malformed);
    }

    @Test
    void shouldAllocateNothingPerPacket() {
        allocatedBytes(30_000);
        long n = 80_000;
        double perPacket = (double) (allocatedBytes(2 * n) - allocatedBytes(n)) / n;
        assertThat(perPacket).isLessThan(1);
    }

    private static long allocatedBytes(long packets) {
        Rig rig = loaded(packets, 700);
        rig.rxUsecs = 20;
        rig.serviceNs = 200;
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
        RunResult result = rig.run();
        assertThat(result.traffic().delivered()).isGreaterThan(packets * 9 / 10);
        return threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - before;
    }

    @Test
    void shouldKeepFewEventsPendingHoweverManyInterruptsSetAThreadAside() {
        Rig rig = new Rig().cost(Stage.HARDIRQ, 100).cost(Stage.PROTOCOL, 100);
        rig.serviceNs = 50_000_000;
        VirtualHost host = new VirtualHost(rig.scenario(), rig.observer);
        Arrivals arrivals = Arrivals.list().at(0, 0);
        for (int i = 1; i < 20_000; i++) {
            arrivals.bareAt(i * 2000L, 1);
        }
        int most = 0;
        for (Arrival arrival : arrivals.packets()) {
            host.offer(arrival);
            most = Math.max(most, host.calendar.size());
        }
        assertThat(most).isLessThan(100);
    }
}
