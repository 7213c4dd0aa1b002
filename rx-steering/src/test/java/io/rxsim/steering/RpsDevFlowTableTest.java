package io.rxsim.steering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rxsim.core.kernel.KernelRules;
import io.rxsim.core.kernel.Rule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RpsDevFlowTableTest {
    @ParameterizedTest
    @CsvSource({
        "00000001, 4096, 1564",
        "deadbeef, 4096, 1757",
        "51ccc178, 128, 61",
        "51ccc178, 32768, 15719",
        "ffffffff, 16, 9",
        "51ccc178, 4, 1",
        "51ccc178, 1, 0",
        "ffffffff, 1, 0",
    })
    void shouldTakeTheSlotFromHash32(String hash, int size, int slot) {
        RpsDevFlowTable table = new RpsDevFlowTable(size, KernelRules.V6_18);
        assertThat(table.slot(Integer.parseUnsignedInt(hash, 16))).isEqualTo(slot);
    }

    @ParameterizedTest
    @CsvSource({"51ccc178, 128, 120", "ffffffff, 16, 15", "ffffffff, 1, 0"})
    void shouldTakeTheSlotFromTheLowBitsBefore(String hash, int size, int slot) {
        int value = Integer.parseUnsignedInt(hash, 16);
        assertThat(new RpsDevFlowTable(size, KernelRules.V2_6_35).slot(value)).isEqualTo(slot);
        assertThat(new RpsDevFlowTable(size, KernelRules.V6_18.without(Rule.SLOT_BY_HASH_32)).slot(value))
                .isEqualTo(slot);
    }

    @Test
    void shouldStartUnsetAndHoldUnsignedSixteenBitCpus() {
        RpsDevFlowTable table = new RpsDevFlowTable(2, KernelRules.V6_18);
        assertThat(table.cpu(1)).isEqualTo(RpsDevFlowTable.UNSET);
        table.setCpu(1, 40000);
        table.setLastQtail(1, -5);
        assertThat(table.cpu(1)).isEqualTo(40000);
        assertThat(table.lastQtail(1)).isEqualTo(-5);
        assertThat(table.cpu(0)).isEqualTo(RpsDevFlowTable.UNSET);
    }

    @Test
    void shouldRefuseASizeThatIsNoPowerOfTwo() {
        assertThatThrownBy(() -> new RpsDevFlowTable(3, KernelRules.V6_18))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("rps_flow_cnt=3");
    }
}
