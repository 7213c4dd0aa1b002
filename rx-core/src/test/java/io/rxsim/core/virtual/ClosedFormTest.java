package io.rxsim.core.virtual;

import static org.assertj.core.api.Assertions.assertThat;

import io.rxsim.core.cpu.CpuTopology;
import io.rxsim.core.run.Arrival;
import io.rxsim.core.run.ArrivalSource;
import io.rxsim.core.run.Measure;
import io.rxsim.core.run.RandomStream;
import io.rxsim.core.run.RandomStreams;
import java.util.function.LongFunction;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Threads as servers, Poisson arrivals, every other cost 0: the mean response time of queueing theory lies in the 95 %
 * confidence interval (Student, 20 seeds) of the engine's.
 *
 * <p>The CPUs of a free placement have a queue each, but in one cache and without costs none idles while a thread waits at
 * another, and no thread gives way within a packet. Such an order of service may differ from first come, first served; the
 * number of packets inside does not, and so neither does their mean response (Little). M/M/c is therefore exact for means, not
 * for percentiles, provided that no connection has two packets inside, of which one would wait for the other's thread: there are
 * so many connections that this does not happen.
 */
class ClosedFormTest {
    private static final long SERVICE_NS = 10_000;
    private static final int PACKETS = 15_000;
    private static final int SEEDS = 20;
    /** 97.5 % point of Student's distribution with 19 degrees of freedom. */
    private static final double STUDENT = 2.093;

    private static double exponential(RandomStream random) {
        return -StrictMath.log(((random.nextLong() >>> 11) + 1) * 0x1p-53);
    }

    private static ArrivalSource poisson(long seed, double meanGapNs, int flows) {
        RandomStream random = RandomStreams.stream(seed, "poisson");
        return new ArrivalSource() {
            private int made;
            private double nowNs;

            @Override
            public boolean next(Arrival out) {
                if (made == PACKETS) {
                    return false;
                }
                nowNs += exponential(random) * meanGapNs;
                out.timeNs = (long) nowNs;
                out.flow = made % flows;
                out.sequence = made++ / flows;
                out.hash = out.flow + 1;
                out.lengthBytes = 100;
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

    private static Rig rig(long seed, int servers, double load) {
        Rig rig = new Rig();
        rig.seed = seed;
        rig.topology = CpuTopology.flat(Math.max(2, servers));
        double gapNs = SERVICE_NS / (load * servers);
        rig.source = () -> poisson(seed, gapNs, servers == 1 ? 1 : 2048);
        rig.measure = new Measure((long) (gapNs * PACKETS / 10), Measure.UNTIL_END);
        rig.rcvbufBytes = Integer.MAX_VALUE;
        return rig;
    }

    private static Rig withExponentialService(long seed, Rig rig) {
        rig.service = () -> {
            RandomStream random = RandomStreams.stream(seed, "service");
            return flow -> (long) (exponential(random) * SERVICE_NS + 0.5);
        };
        return rig;
    }

    private static void assertMeanResponse(double formulaNs, LongFunction<Rig> rigOfSeed) {
        double sum = 0;
        double squares = 0;
        for (int seed = 1; seed <= SEEDS; seed++) {
            double mean = rigOfSeed.apply(seed).run().latency().total().getMean();
            sum += mean;
            squares += mean * mean;
        }
        double mean = sum / SEEDS;
        double deviation = StrictMath.sqrt((squares - SEEDS * mean * mean) / (SEEDS - 1));
        double halfWidth = STUDENT * deviation / StrictMath.sqrt(SEEDS);
        assertThat(formulaNs)
                .as("mean %.1f +- %.1f ns over seeds 1 to %d", mean, halfWidth, SEEDS)
                .isBetween(mean - halfWidth, mean + halfWidth);
        // An interval so wide that it holds anything would prove nothing.
        assertThat(halfWidth).isLessThan(0.05 * formulaNs);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.3, 0.6, 0.8})
    void shouldRespondAsMM1(double load) {
        assertMeanResponse(SERVICE_NS / (1 - load), seed -> withExponentialService(seed, rig(seed, 1, load)));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.3, 0.6, 0.8})
    void shouldRespondAsMD1(double load) {
        assertMeanResponse(SERVICE_NS * (1 + load / (1 - load) / 2), seed -> {
            Rig rig = rig(seed, 1, load);
            rig.serviceNs = SERVICE_NS;
            return rig;
        });
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.3, 0.6, 0.8})
    void shouldRespondAsMMc(double load) {
        int servers = 4;
        double offered = load * servers;
        double term = 1;
        double below = 0;
        for (int n = 0; n < servers; n++) {
            below += term;
            term *= offered / (n + 1);
        }
        double erlangC = term / (1 - load) / (below + term / (1 - load));
        double formulaNs = SERVICE_NS * (1 + erlangC / (servers * (1 - load)));
        assertMeanResponse(formulaNs, seed -> {
            Rig rig = withExponentialService(seed, rig(seed, servers, load));
            rig.placement = machine -> Placements.free(0, 1, 2, 3);
            return rig;
        });
    }
}
