package io.rxsim.workload.closedloop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.rxsim.core.cost.Stage;
import io.rxsim.core.run.Arrival;
import io.rxsim.core.run.ArrivalSource;
import io.rxsim.core.run.ClientHost;
import io.rxsim.core.run.Losses;
import io.rxsim.core.run.Measure;
import io.rxsim.core.run.RunResult;
import io.rxsim.workload.Allocation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Laws that every closed loop keeps. */
class ClosedLoopTest {
    private static final long MS = 1_000_000;

    private static LoopRig busy() {
        LoopRig rig = new LoopRig()
                .cost(Stage.HARDIRQ, 300)
                .cost(Stage.DRIVER, 200)
                .cost(Stage.PROTOCOL, 500)
                .cost(Stage.WAKEUP, 80)
                .cost(Stage.SWITCH, 400)
                .cost(Stage.RECV, 300)
                .cost(Stage.SEND, 900)
                .cost(Stage.TX_COMPLETE, 50)
                .cost(Stage.IDLE_EXIT, 500)
                .measure(20 * MS, 200 * MS);
        rig.cpus = 4;
        rig.rxUsecs = 5;
        rig.placement = "free";
        rig.service = "exponential:2us";
        return rig;
    }

    /** Counts requests and answers of each flow. */
    private static final class Counting implements ClientHost {
        private final ClientHost clients;
        private final int[] requests = new int[4096];
        private final int[] answers = new int[4096];
        private int most;
        private int outstanding;

        Counting(ArrivalSource clients) {
            this.clients = (ClientHost) clients;
        }

        private void onRequest(int flow) {
            requests[flow]++;
            most = Math.max(most, ++outstanding);
        }

        @Override
        public boolean next(Arrival out) {
            return clients.next(out);
        }

        @Override
        public long onResponse(int flow, int sequence, long nowNs) {
            outstanding--;
            assertThat(++answers[flow]).as("answers of flow %d", flow).isLessThanOrEqualTo(requests[flow]);
            return clients.onResponse(flow, sequence, nowNs);
        }

        @Override
        public void describe(int flow, Arrival out) {
            clients.describe(flow, out);
            onRequest(flow);
        }

        @Override
        public long onLost(int flow, int lost, long nowNs) {
            return clients.onLost(flow, lost, nowNs);
        }

        @Override
        public void describeAgain(int flow, int lost, Arrival out) {
            clients.describeAgain(flow, lost, out);
        }

        @Override
        public Losses losses() {
            return clients.losses();
        }

        @Override
        public long lastTransactionNs() {
            return clients.lastTransactionNs();
        }

        @Override
        public double busy(long nowNs) {
            return clients.busy(nowNs);
        }

        @Override
        public String describeFlow(int flow) {
            return clients.describeFlow(flow);
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 1, 0", "40, 1, 0", "40, 8, 0", "200, 1, 7", "3, 64, 2"})
    void shouldAnswerEveryRequestOnce(int instances, int burst, int threads) {
        LoopRig rig = busy().set("instances", "" + instances).set("burst", "" + burst);
        rig.measure(0, 20 * MS);
        rig.threads = threads;
        Counting[] counting = new Counting[1];
        rig.around = source -> counting[0] = new Counting(source);
        RunResult result = rig.run();
        assertThat(counting[0].answers).isEqualTo(counting[0].requests);
        assertThat(counting[0].outstanding).isZero();
        assertThat(counting[0].most).isPositive().isLessThanOrEqualTo(instances * burst);
        assertThat(result.traffic().delivered()).isEqualTo(result.traffic().packets());
        assertThat(result.order().violations()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"1, 1, 0us", "40, 1, 0us", "100, 4, 0us", "100, 2, 50us"})
    void shouldKeepLittlesLaw(int instances, int burst, String think) {
        RunResult result = busy().set("instances", "" + instances)
                .set("burst", "" + burst)
                .set("think", think)
                .run();
        double thinkNs = "50us".equals(think) ? 50_000 : 0;
        double outstanding =
                result.client().perSecond() * (result.latency().total().getMean() + thinkNs) / 1e9;
        assertThat(outstanding).isCloseTo(instances * burst, within(0.005 * instances * burst));
    }

    @Test
    void shouldGiveTheRateOfAClientThatIsTheBottleneck() {
        LoopRig rig = busy().set("instances", "50").set("client_cpus", "1").set("client_cost", "10us");
        RunResult result = rig.run();
        assertThat(result.client().perSecond()).isCloseTo(100_000, within(100.0));
        assertThat(result.client().busy()).isBetween(0.99, 1.0);
        result = rig.set("client_cpus", "4").set("client_cost", "40us").run();
        assertThat(result.client().perSecond()).isCloseTo(100_000, within(100.0));
        result = rig.set("client_cpus", "8").set("client_cost", "1us").run();
        assertThat(result.client().busy()).isLessThan(0.2);
    }

    @Test
    void shouldRepeatUnderOneSeedAndDifferUnderAnother() {
        LoopRig rig = busy().measure(0, 20 * MS);
        long digest = rig.run().digest();
        assertThat(rig.run().digest()).isEqualTo(digest);
        rig.seed = 2;
        assertThat(rig.run().digest()).isNotEqualTo(digest);
    }

    @ParameterizedTest
    @CsvSource({"0", "6"})
    void shouldAllocateNothingPerTransaction(int threads) {
        LoopRig rig = busy().set("instances", "500");
        rig.threads = threads;
        rig.measure(0, 20 * MS).run();
        long startBytes = Allocation.bytes();
        long few = rig.measure(0, 20 * MS).run().client().transactions();
        long middleBytes = Allocation.bytes();
        long many = rig.measure(0, 220 * MS).run().client().transactions();
        long moreBytes = Allocation.bytes() - middleBytes - (middleBytes - startBytes);
        assertThat(many - few).isGreaterThan(50_000);
        assertThat(moreBytes).isLessThan(many - few);
    }

    @Test
    void shouldGiveTheRateUpToWhereItWasStopped() {
        double whole = busy().run().client().perSecond();
        LoopRig rig = busy().measure(5 * MS, 3_600_000 * MS);
        int[] asked = new int[1];
        rig.stop = () -> ++asked[0] > 3;
        RunResult stopped = rig.run();
        assertThat(stopped.partial()).isTrue();
        assertThat(stopped.client().transactions()).isPositive();
        assertThat(stopped.client().perSecond()).isCloseTo(whole, within(0.05 * whole));
    }

    @Test
    void shouldRefuseToGoOnForEver() {
        LoopRig rig = busy();
        rig.measure = Measure.ALL;
        assertThatThrownBy(rig::run)
                .hasMessageContaining("measure.duration is missing: a closed loop has no end of its own");
    }
}
