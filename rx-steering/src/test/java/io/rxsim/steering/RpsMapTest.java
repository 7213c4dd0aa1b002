package io.rxsim.steering;

import static org.assertj.core.api.Assertions.assertThat;

import io.rxsim.core.cpu.CpuMask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RpsMapTest {
    private static RpsMap map(String mask, String online) {
        return new RpsMap(CpuMask.parse(mask, 8), CpuMask.parse(online, 8));
    }

    @ParameterizedTest
    @CsvSource({
        "00000000, f, 0",
        "3fffffff, f, 0",
        "40000000, f, 1",
        "51ccc178, f, 1",
        "ffffffff, f, 3",
        "51ccc178, 3f, 1",
        "c626b0ea, 3f, 4",
    })
    void shouldScaleTheHashByItsHighBits(String hash, String mask, int index) {
        RpsMap map = map(mask, "ff");
        assertThat(map.index(Integer.parseUnsignedInt(hash, 16))).isEqualTo(index);
        assertThat(map.cpu(Integer.parseUnsignedInt(hash, 16))).isEqualTo(index);
    }

    @Test
    void shouldListCpusInAscendingOrder() {
        RpsMap map = map("a4", "ff");
        assertThat(map.length()).isEqualTo(3);
        assertThat(new int[] {map.cpu(0), map.cpu(0x60000000), map.cpu(-1)}).containsExactly(2, 5, 7);
    }

    @Test
    void shouldHoldOnlyCpusThatWereOnlineAtTheWrite() {
        RpsMap map = map("0f", "f6");
        assertThat(map.length()).isEqualTo(2);
        assertThat(new int[] {map.cpu(0), map.cpu(-1)}).containsExactly(1, 2);
    }

    @Test
    void shouldBeOffWhenNoCpuOfTheMaskIsOnline() {
        assertThat(map("0f", "f0").length()).isZero();
    }
}
