package io.rxsim.core.virtual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.rxsim.core.cost.Stage;
import io.rxsim.core.run.Arrival;
import io.rxsim.core.run.ArrivalSource;
import io.rxsim.core.run.RandomStream;
import io.rxsim.core.run.RandomStreams;
import io.rxsim.core.run.RxObserver;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One CPU, Poisson arrivals, constant service: M/D/1, whose mean wait is load / (1 - load) * service / 2. */
class QueueFormulaTest {
    private static final int SERVICE_NS = 1000;
    private static final int PACKETS = 300_000;

    private static ArrivalSource poisson(double meanGapNs) {
        RandomStream random = RandomStreams.stream(43, "poisson");
        return new ArrivalSource() {
            private int made;
            private double nowNs;

            @Override
            public boolean next(Arrival out) {
                if (made == PACKETS) {
                    return false;
                }
                double uniform = ((random.nextLong() >>> 11) + 1) * 0x1p-53;
                nowNs -= StrictMath.log(uniform) * meanGapNs;
                out.timeNs = (long) nowNs;
                out.sequence = made++;
                out.hash = 1;
                out.lengthBytes = 100;
                return true;
            }

            @Override
            public String describeFlow(int flow) {
                return "flow";
            }
        };
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.3, 0.6, 0.8})
    void shouldWaitAsLongAsTheFormulaSays(double load) {
        Rig rig = new Rig().cost(Stage.PROTOCOL, SERVICE_NS);
        rig.source = () -> poisson(SERVICE_NS / load);
        long[] times = new long[2];
        rig.observer = new RxObserver() {
            @Override
            public void onArrived(long nowNs, int flow, int sequence, int rxQueue) {
                times[0] += nowNs;
            }

            @Override
            public void onProcessed(long nowNs, int flow, int sequence, int cpu) {
                times[1] += nowNs;
            }
        };
        rig.run();
        double meanWait = (double) (times[1] - times[0]) / PACKETS - SERVICE_NS;
        double formula = load / (1 - load) * SERVICE_NS / 2;
        assertThat(meanWait).isCloseTo(formula, within(formula * 0.05));
    }
}
