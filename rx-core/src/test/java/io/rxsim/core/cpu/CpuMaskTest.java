package io.rxsim.core.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CpuMaskTest {
    private static String errno(String text, int nrCpuIds) {
        return catchThrowableOfType(CpuMaskException.class, () -> CpuMask.parse(text, nrCpuIds))
                .errno()
                .name();
    }

    @ParameterizedTest
    @CsvSource({"f,f", "0,0", "' f ',f", "'1\t',1", "',,3,,',3", "A,a", "00000003,3", "x00000003,3", "'3 ',3"})
    void shouldParseWhatTheKernelParsesWithFourCpus(String text, String readBack) {
        assertThat(CpuMask.parse(text, 4)).hasToString(readBack);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\n", ",", ", \t,", "\nf", "\0f"})
    void shouldTakeTextWithoutAGroupAsTheEmptySet(String text) {
        assertThat(CpuMask.parse(text, 4).isEmpty()).isTrue();
        assertThat(CpuMask.parse(text, 40).isEmpty()).isTrue();
    }

    @Test
    void shouldEndAtTheFirstNewlineOrNul() {
        assertThat(CpuMask.parse("f\nzz", 4)).hasToString("f");
        assertThat(CpuMask.parse("3\0zz", 4)).hasToString("3");
        assertThat(CpuMask.parse("1\0\n2", 4)).hasToString("1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0x3", "g", "-1", "3,zz", "+1", "f.", "x0000003", "f 0000000g"})
    void shouldAnswerEinvalForWhatIsNoHexDigit(String text) {
        assertThat(errno(text, 4)).isEqualTo("EINVAL");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ff", "10", "00000000,0000000f", "zz,3", "1 2", "000000003", "100000000", "xx00000003"})
    void shouldAnswerEoverflowForTooManyDigitsGroupsOrCpus(String text) {
        assertThat(errno(text, 4)).isEqualTo("EOVERFLOW");
    }

    @Test
    void shouldReadTheRightmostGroupAsCpus0To31() {
        assertThat(CpuMask.parse("1,0", 40).cpus()).containsExactly(32);
        assertThat(CpuMask.parse("f,,3", 40).cpus()).containsExactly(0, 1, 32, 33, 34, 35);
        assertThat(CpuMask.parse("f 3", 40).cpus()).containsExactly(0, 1, 32, 33, 34, 35);
        assertThat(errno("100000000", 40)).isEqualTo("EOVERFLOW");
        assertThat(errno("100,0", 40)).isEqualTo("EOVERFLOW");
        assertThat(errno("1,0,0", 40)).isEqualTo("EOVERFLOW");
    }

    @Test
    void shouldLetTheFirstFaultFromTheRightDecideAndTestTheBitsBeyondLast() {
        assertThat(errno("zz,ffffffff", 4)).isEqualTo("EOVERFLOW");
        assertThat(errno("g,100,0", 40)).isEqualTo("EOVERFLOW");
        assertThat(errno("g,0", 40)).isEqualTo("EINVAL");
        assertThat(errno("gff", 4)).isEqualTo("EINVAL");
    }

    @Test
    void shouldSwallowOneStrangeCharacterDirectlyBeforeAFullGroup() {
        assertThat(CpuMask.parse("1,x00000003", 40).cpus()).containsExactly(0, 1, 32);
        assertThat(CpuMask.parse("1x00000003", 40).cpus()).containsExactly(0, 1, 32);
    }

    @Test
    void shouldReadBackGroupsOfEightDigitsWithTheLeftmostPaddedToItsBits() {
        assertThat(CpuMask.parse("3", 2)).hasToString("3");
        assertThat(CpuMask.parse("3", 5)).hasToString("03");
        assertThat(CpuMask.parse("3", 32)).hasToString("00000003");
        assertThat(CpuMask.parse("3", 33)).hasToString("0,00000003");
        assertThat(CpuMask.parse("ab,3", 40)).hasToString("ab,00000003");
        assertThat(CpuMask.all(64)).hasToString("ffffffff,ffffffff");
        assertThat(CpuMask.of(64, 100)).hasToString("0,00000001,00000000,00000000");
    }

    @Test
    void shouldParseWhatItReadsBackForEverySizeUpTo130() {
        for (int size = 1; size <= 130; size++) {
            for (int cpu = 0; cpu < size; cpu++) {
                CpuMask mask = CpuMask.of(cpu, size);
                assertThat(CpuMask.parse(mask.toString(), size)).isEqualTo(mask);
                assertThat(mask.cpus()).containsExactly(cpu);
            }
            assertThat(CpuMask.parse(CpuMask.all(size).toString(), size).weight())
                    .isEqualTo(size);
        }
    }

    @Test
    void shouldContainOnlyWhatIsInTheSet() {
        CpuMask mask = CpuMask.parse("a", 4);
        assertThat(mask.contains(1)).isTrue();
        assertThat(mask.contains(0)).isFalse();
        assertThat(mask.contains(-1)).isFalse();
        assertThat(mask.contains(4)).isFalse();
        assertThat(mask.contains(65)).isFalse();
        assertThat(mask.and(CpuMask.parse("c", 4)).cpus()).containsExactly(3);
        assertThat(mask).isEqualTo(CpuMask.parse("0a", 4)).isNotEqualTo(CpuMask.parse("a", 5));
        assertThat(mask).hasSameHashCodeAs(CpuMask.parse("0a", 4));
    }

    @Test
    void shouldSayInOneLineWhatIsWrongWithAMask() {
        assertThatThrownBy(() -> CpuMask.parse("0x3\nzz", 4)).hasMessage("EINVAL: 'x' in mask \"0x3\" is not hex");
        assertThatThrownBy(() -> CpuMask.parse("ff", 4))
                .hasMessage("EOVERFLOW: mask \"ff\": CPU 4 is not below nr_cpu_ids=4");
        assertThatThrownBy(() -> CpuMask.parse("1,1", 4))
                .hasMessage("EOVERFLOW: mask \"1,1\": more than 1 group(s) of 32 CPUs");
        assertThatThrownBy(() -> CpuMask.parse("123456789", 40))
                .hasMessage("EOVERFLOW: mask \"123456789\": more than 8 digits in a group");
        assertThatThrownBy(() -> CpuMask.of(4, 4)).hasMessage("cpu=4, allowed is 0 to 3");
        assertThatThrownBy(() -> CpuMask.of(-1, 4)).hasMessage("cpu=-1, allowed is 0 to 3");
    }

    @Test
    void shouldTakeAwayTheCpusOfAnotherSet() {
        CpuMask online = CpuMask.parse("f,ffffffff,ffffffff", 68);
        assertThat(online.andNot(CpuMask.parse("5,00000000,80000001", 68))).hasToString("a,ffffffff,7ffffffe");
        assertThat(online.andNot(CpuMask.of(1, 2))).hasToString("f,ffffffff,fffffffd");
        assertThat(online.andNot(online).isEmpty()).isTrue();
        assertThat(online).hasToString("f,ffffffff,ffffffff");
    }
}
