package io.rxsim.core.virtual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.rxsim.core.cost.Stage;
import io.rxsim.core.run.Arrival;
import io.rxsim.core.run.ArrivalSource;
import io.rxsim.core.run.RxObserver;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How the threads of one CPU, ksoftirqd among them, share it. */
class FairShareTest {
    private static final int WORK_NS = 100_000;
    private static final long MS = 1_000_000;

    /** Flow and time of everything that was received, and times at which protocol processing ended. */
    private static final class Log implements RxObserver {
        final List<Integer> flows = new ArrayList<>();
        final List<Long> consumedNs = new ArrayList<>();
        final List<Long> processedNs = new ArrayList<>();

        @Override
        public void onConsumed(long nowNs, int flow, int sequence, int cpu) {
            flows.add(flow);
            consumedNs.add(nowNs);
        }

        @Override
        public void onProcessed(long nowNs, int flow, int sequence, int cpu) {
            processedNs.add(nowNs);
        }

        long count(int flow, long fromNs, long toNs) {
            long count = 0;
            for (int i = 0; i < flows.size(); i++) {
                if (flows.get(i) == flow && consumedNs.get(i) > fromNs && consumedNs.get(i) <= toNs) {
                    count++;
                }
            }
            return count;
        }
    }

    private final Log log = new Log();

    /** Packets are taken in by CPU 1, all threads run on CPU 0. */
    private Rig onOneCpu(Arrivals arrivals) {
        Rig rig = new Rig().arrivals(arrivals);
        rig.irqCpus = List.of(1);
        rig.placement = machine -> Placements.pinned(0);
        rig.rcvbufBytes = Integer.MAX_VALUE;
        rig.serviceNs = WORK_NS;
        rig.observer = log;
        return rig;
    }

    @Test
    void shouldGiveTwoBusyThreadsHalfOfTheTimeEach() {
        // The packets of flow 1 are three times the work.
        Rig rig = onOneCpu(Arrivals.list().burst(6000, 0, 0).burst(2000, 0, 1));
        rig.service = () -> flow -> flow == 0 ? WORK_NS : 3 * WORK_NS;
        rig.run();
        long untilNs = 1000 * MS;
        double ofFlow0 = log.count(0, 0, untilNs) * (double) WORK_NS / untilNs;
        double ofFlow1 = log.count(1, 0, untilNs) * 3.0 * WORK_NS / untilNs;
        assertThat(ofFlow0).isCloseTo(0.5, within(0.005));
        assertThat(ofFlow1).isCloseTo(0.5, within(0.005));
    }

    @Test
    void shouldRunAThreadForItsSliceWhileAnotherWaits() {
        onOneCpu(Arrivals.list().burst(200, 0, 0).burst(200, 0, 1)).run();
        int slice = (int) (ThreadContext.SLICE_NS / WORK_NS);
        // The first packet of flow 0 begins before flow 1 has a packet.
        for (int i = 0; i < 6 * slice; i++) {
            assertThat(log.flows.get(i)).as("packet %d", i).isEqualTo(i / slice % 2);
        }
    }

    @Test
    void shouldNotEndASliceWhileNobodyWaits() {
        Rig rig = onOneCpu(Arrivals.list().burst(200, 0, 0)).cost(Stage.SWITCH, 1000);
        assertThat(rig.run().cpus().get(0).usage().applicationNs()).isEqualTo(200L * WORK_NS + 1000);
    }

    @Test
    void shouldStartAWokenThreadAtTheLeastVirtualRunTime() {
        onOneCpu(Arrivals.list().burst(2000, 0, 0).burst(1000, 50 * MS, 1)).run();
        // Had flow 1 the 50 ms to its credit that flow 0 ran before, it would run them at once.
        int slice = (int) (ThreadContext.SLICE_NS / WORK_NS);
        assertThat(log.count(1, 50 * MS, 150 * MS)).isCloseTo(500, within((long) slice));
        assertThat(log.count(1, 50 * MS, 60 * MS)).isBetween((long) slice, 2L * slice + 10);
    }

    private Rig flood(long untilNs) {
        long[] arrived = new long[1];
        Rig rig = new Rig().cost(Stage.PROTOCOL, 1000);
        rig.source = () -> {
            arrived[0] = 0;
            return new ArrivalSource() {
                @Override
                public boolean next(Arrival out) {
                    out.timeNs = 500 * arrived[0];
                    out.sequence = (int) arrived[0]++;
                    out.hash = 1;
                    out.lengthBytes = 100;
                    out.payloadBytes = 58;
                    out.socket = true;
                    return out.timeNs < untilNs;
                }

                @Override
                public String describeFlow(int flow) {
                    return "flow";
                }
            };
        };
        rig.rcvbufBytes = Integer.MAX_VALUE;
        rig.observer = log;
        return rig;
    }

    @Test
    void shouldShareTheCpuBetweenKsoftirqdAndAnApplicationUnderAFlood() {
        Rig rig = flood(100 * MS);
        rig.serviceNs = 1100;
        rig.run();
        double application = log.count(0, 0, 100 * MS) * 1100.0 / (100 * MS);
        assertThat(application).isCloseTo(0.5, within(0.05));
    }

    @Test
    void shouldNotLetAThreadThatSleptOftenStarveKsoftirqd() {
        Rig rig = flood(150 * MS);
        // First the thread keeps up and sleeps again and again, then it is slow.
        rig.service = () -> {
            int[] drawn = new int[1];
            return flow -> drawn[0]++ < 50_000 ? 250 : WORK_NS;
        };
        rig.run();
        long longestNs = 0;
        for (int i = 1; i < log.processedNs.size(); i++) {
            longestNs = Math.max(longestNs, log.processedNs.get(i) - log.processedNs.get(i - 1));
        }
        assertThat(longestNs).isBetween(ThreadContext.SLICE_NS, 2 * ThreadContext.SLICE_NS + WORK_NS);
    }
}
