package io.rxsim.workload.population;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rxsim.core.kernel.KernelRules;
import io.rxsim.core.packet.FlowKey;
import io.rxsim.core.run.HashKeys;
import io.rxsim.workload.spec.PacketHashing;
import java.util.LinkedHashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class GeneratedFlowsTest {
    private static final long SEED = 17;
    private static final PacketHashing V6_18 = new PacketHashing(KernelRules.V6_18, HashKeys.ofSeed(SEED));
    private static final PacketHashing V2_6_35 = new PacketHashing(KernelRules.V2_6_35, HashKeys.ofSeed(SEED));

    @Test
    void shouldGiveEveryFlowATupleOfItsOwn() {
        GeneratedFlows flows = new GeneratedFlows(20_000, V6_18, SEED);
        Set<FlowKey> keys = new LinkedHashSet<>();
        for (int flow = 0; flow < flows.count(); flow++) {
            keys.add(flows.key(flow));
        }
        assertThat(keys).hasSize(20_000);
    }

    @Test
    void shouldLeaveTheFirstFlowsAsTheyAreWhenThereAreMore() {
        GeneratedFlows few = new GeneratedFlows(10, V6_18, SEED);
        GeneratedFlows many = new GeneratedFlows(1000, V6_18, SEED);
        for (int flow = 0; flow < 10; flow++) {
            assertThat(many.key(flow)).isEqualTo(few.key(flow));
            assertThat(many.hash(flow)).isEqualTo(few.hash(flow));
        }
    }

    @Test
    void shouldHashByTheRulesOfTheKernel() {
        GeneratedFlows now = new GeneratedFlows(100, V6_18, SEED);
        GeneratedFlows then = new GeneratedFlows(100, V2_6_35, SEED);
        for (int flow = 0; flow < 100; flow++) {
            assertThat(now.hash(flow)).isEqualTo(V6_18.flowHash().hash(now.key(flow)));
            assertThat(then.hash(flow)).isEqualTo(V2_6_35.flowHash().hash(now.key(flow)));
            assertThat(then.hash(flow)).isNotEqualTo(now.hash(flow));
            assertThat(then.rssHash(flow))
                    .as("the NIC does not depend on the kernel")
                    .isEqualTo(now.rssHash(flow));
        }
    }

    @Test
    void shouldNameTheBounds() {
        assertThatThrownBy(() -> new GeneratedFlows(0, V6_18, SEED)).hasMessage("flows=0, allowed is 1 to 4194304");
    }
}
