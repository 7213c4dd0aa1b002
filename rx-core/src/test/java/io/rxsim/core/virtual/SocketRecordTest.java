package io.rxsim.core.virtual;

import static org.assertj.core.api.Assertions.assertThat;

import io.rxsim.core.kernel.KernelRules;
import io.rxsim.core.softnet.SoftnetView;
import io.rxsim.core.steer.Decision;
import io.rxsim.core.steer.SteeringPolicy;
import io.rxsim.core.steer.SteeringReason;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What sockets and queues tell the policy. */
class SocketRecordTest {
    private final List<String> told = new ArrayList<>();

    /** Steers to CPU 1, by the slot where the hash is even, and writes down what it is told. */
    private final class Listener implements SteeringPolicy {
        @Override
        public long steer(int rxQueue, int hash, long nowNs, SoftnetView softnet) {
            return hash % 2 == 0
                    ? Decision.of(1, SteeringReason.MATCH, rxQueue, hash)
                    : Decision.of(1, SteeringReason.FALLBACK);
        }

        @Override
        public void onEnqueued(int rxQueue, long decision, int qtail) {
            told.add("enqueued slot " + Decision.slot(decision) + " tail " + qtail);
        }

        @Override
        public void onConsumed(int hash, int cpu) {
            told.add("consumed " + hash + " on " + cpu);
        }

        @Override
        public void onClosed(int hash) {
            told.add("closed " + hash);
        }
    }

    private List<String> run(Rig rig, Arrivals arrivals) {
        rig.policy = Listener::new;
        rig.arrivals(arrivals).run();
        return told;
    }

    @Test
    void shouldRecordTheTailForASlotsPacketOnly() {
        Arrivals arrivals = Arrivals.list().bareAt(0, 1).bareAt(10, 2).bareAt(20, 3);
        assertThat(run(new Rig(), arrivals)).containsExactly("enqueued slot 2 tail 1", "enqueued slot 4 tail 3");
    }

    @Test
    void shouldNotRecordTheTailOfARefusedPacket() {
        Rig rig = new Rig();
        rig.maxBacklog = 0;
        rig.ipiLatencyNs = 1000;
        assertThat(run(rig, Arrivals.list().bareBurst(3, 0, 1))).containsExactly("enqueued slot 2 tail 1");
    }

    @Test
    void shouldRecordTheConsumingCpuUnderTheHashOfTheSocketsLastPacket() {
        Arrivals arrivals = Arrivals.list().at(0, 0, p -> p.hash = 11).at(10, 0, p -> p.hash = 13);
        assertThat(run(new Rig(), arrivals)).containsExactly("consumed 11 on 0", "consumed 13 on 0");
    }

    @Test
    void shouldRecordTheCpuAgainWhenTheAnswerIsSent() {
        Rig rig = new Rig();
        rig.responseBytes = 64;
        assertThat(run(rig, Arrivals.list().at(0, 0, p -> p.hash = 11)))
                .containsExactly("consumed 11 on 0", "consumed 11 on 0");
    }

    @Test
    void shouldRecordNothingForAPacketWithoutHash() {
        assertThat(run(new Rig(), Arrivals.list().at(0, 0, p -> p.hash = 0))).doesNotContain("consumed 0 on 0");
    }

    @Test
    void shouldCloseTheOldConnectionWhenItsNumberIsReused() {
        Arrivals arrivals = Arrivals.list().at(0, 0, p -> p.hash = 11).at(10, 0, p -> {
            p.hash = 13;
            p.generation = 1;
            p.sequence = 0;
        });
        assertThat(run(new Rig(), arrivals)).containsExactly("consumed 11 on 0", "closed 11", "consumed 13 on 0");
    }

    @Test
    void shouldEmptyTheOldEntryWhenAPacketChangesTheHashIn2635() {
        Arrivals arrivals = Arrivals.list().at(0, 0, p -> p.hash = 11).at(10, 0, p -> p.hash = 13);
        Rig rig = new Rig();
        rig.rules = KernelRules.V2_6_35;
        assertThat(run(rig, arrivals)).containsExactly("consumed 11 on 0", "closed 11", "consumed 13 on 0");
    }
}
