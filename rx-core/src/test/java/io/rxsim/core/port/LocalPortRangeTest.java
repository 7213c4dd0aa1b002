package io.rxsim.core.port;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rxsim.core.kernel.KernelRules;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LocalPortRangeTest {
    private final LocalPortRange range = new LocalPortRange(KernelRules.V6_18);

    private int write(String text) {
        return range.write(text.replace("\\n", "\n").replace("\\t", "\t").getBytes(StandardCharsets.US_ASCII), 1024);
    }

    @ParameterizedTest
    @CsvSource(
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "40000 40019,11,40000,40019",
                "40000\\t40019\\n,12,40000,40019",
                "40000,5,40000,60999",
                "40000 40019 5,12,40000,40019",
                "0x9c40 0x9c53,13,40000,40019",
                "65535 65535,11,65535,65535",
            })
    void shouldTakeOneOrTwoNumbers(String text, int taken, int low, int high) {
        assertThat(write(text)).isEqualTo(taken);
        assertThat(range.read()).isEqualTo(low + "\t" + high + "\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "40000,40019",
                "40019 40000",
                "1 65535",
                "0 65535",
                "1024 65536",
                "-1 100",
                "\\n",
                "40000 b",
                "61000",
                "0000000000000000000040000 40019"
            })
    void shouldRefuseAndChangeNothing(String text) {
        assertThatThrownBy(() -> write(text)).isInstanceOf(PortListException.class);
        assertThat(range.read()).isEqualTo("32768\t60999\n");
    }

    @Test
    void shouldChangeNothingByAnEmptyWriteAndKnowTheDefaultOfBothKernels() {
        assertThat(write("")).isZero();
        assertThat(range.read()).isEqualTo("32768\t60999\n");
        assertThat(new LocalPortRange(KernelRules.V2_6_35).read()).isEqualTo("32768\t61000\n");
    }
}
