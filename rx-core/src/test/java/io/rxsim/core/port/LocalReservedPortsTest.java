package io.rxsim.core.port;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rxsim.core.kernel.Errno;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.BitSet;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The grammar and the write semantics of kernel-semantics 12.2; the recorded rows are held by the verifier's tests. */
class LocalReservedPortsTest {
    private static final String BEFORE = "8080,9000-9002";

    private final LocalReservedPorts file = new LocalReservedPorts();

    @BeforeEach
    void fill() {
        file.write(bytes(BEFORE), 0);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String unescaped(String text) {
        return text.replace("\\n", "\n").replace("\\0", "\0");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "1,2-4,10-10|1-4,10",
                "\\n\\n|''",
                "5,|5",
                "1-3\\n7|1-3,7",
                "\\n1-3,\\n\\n7\\n|1-3,7",
                "0x10|16",
                "0XFFff|65535",
                "010|8",
                "1-2,2-3,3|1-3",
                "0|0",
                "65535|65535",
                "00000000000000000077|63",
                "1-2\\0003|1-3",
                "8080,9148,30000-30010,8081|8080-8081,9148,30000-30010",
                "1,2,|1-2",
            })
    void shouldTakeAndPrintInTheNormalForm(String text, String normal) {
        byte[] written = bytes(unescaped(text));
        assertThat(file.write(written, 0)).isEqualTo(written.length);
        assertThat(file.read()).isEqualTo(normal + "\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "5-3|3",
                "5-|3",
                "-5|1",
                "+5|1",
                "5,,6|3",
                ",5|1",
                " 5|1",
                "5 |2",
                "5, 6|3",
                "5\\n,6|3",
                "65536|1",
                "1,000000000000000000077|3",
                "1-3-5|4",
                "1-3x|4",
                "abc|1",
                "08|2",
                "0x|2",
                "1,2\\0|4",
                "1-2\\0\\0|5",
                "7-70000|3",
            })
    void shouldRefuseWithEinvalAndTheColumnAndKeepTheOldSet(String text, int column) {
        assertThatThrownBy(() -> file.write(bytes(unescaped(text)), 0))
                .isInstanceOfSatisfying(PortListException.class, e -> {
                    assertThat(e.column()).isEqualTo(column);
                    assertThat(e.errno()).isEqualTo(Errno.EINVAL);
                });
        assertThat(file.read()).isEqualTo(BEFORE + "\n");
    }

    /** Behaviours a toy gets wrong, item 32. */
    @Test
    void item32ShouldReplaceAtPositionZeroAddLaterKeepOnErrorClearByNewlineAndNotByAnEmptyWrite() {
        assertThat(file.write(bytes(""), 0)).isZero();
        assertThat(file.read()).isEqualTo(BEFORE + "\n");
        assertThatThrownBy(() -> file.write(bytes("1,x"), 0)).isInstanceOf(PortListException.class);
        assertThat(file.read()).isEqualTo(BEFORE + "\n");
        file.write(bytes("1,2"), 0);
        assertThat(file.read()).isEqualTo("1-2\n");
        file.write(bytes("3,4"), 6);
        assertThat(file.read()).isEqualTo("1-4\n");
        file.write(bytes("\n"), 0);
        assertThat(file.read()).isEqualTo("\n");
        assertThat(file.write(bytes("1000,".repeat(1000)), 0)).isLessThanOrEqualTo(4095);

        // the explicit bind of a reserved port
        PortSettings settings = new PortSettings(io.rxsim.core.kernel.KernelRules.V6_18);
        settings.reserved.write(bytes("8080"), 0);
        TcpPorts tcp = new TcpPorts(settings, 1, 16);
        assertThat(tcp.bind(tcp.open(SocketOptions.DEFAULT), Destinations.ANY, 8080, 0))
                .isEqualTo(8080);
    }

    @Test
    void shouldLeaveANumberAtTheCutForTheNextWrite() {
        assertThat(file.write(bytes("1000,".repeat(819)), 0)).isEqualTo(4095);
        assertThat(file.write(bytes("1000,".repeat(819) + "1"), 0)).isEqualTo(4090);
        assertThat(file.read()).isEqualTo("1000\n");
        assertThat(file.write(bytes("\n".repeat(5000)), 0)).isEqualTo(4095);
        // a range that ends in the last byte looked at
        assertThat(file.write(bytes("\n".repeat(4090) + "10-20,30"), 0)).isEqualTo(4090);
        // beyond the cut nothing is looked at, within it one fault refuses all
        assertThat(file.write(bytes("7\n" + "\n".repeat(4093) + "zz"), 0)).isEqualTo(4095);
        assertThat(file.read()).isEqualTo("7\n");
        assertThatThrownBy(() -> file.write(bytes("8\n" + "\n".repeat(4092) + "z" + "z"), 0))
                .isInstanceOf(PortListException.class);
        assertThat(file.read()).isEqualTo("7\n");
    }

    @Test
    void shouldGetAllOfALongListByRepeatedWritesAndNameTheColumnInTheWhole() {
        StringBuilder list = new StringBuilder();
        for (int port = 1000; port < 13_000; port += 2) {
            list.append(port).append(',');
        }
        assertThat(file.writeAll(bytes(list.toString()))).isEqualTo(8);
        assertThat(file.ports().size()).isEqualTo(6000);
        int at = list.length() + 1;
        assertThatThrownBy(() -> file.writeAll(bytes(list + "x")))
                .isInstanceOfSatisfying(
                        PortListException.class, e -> assertThat(e.column()).isEqualTo(at));
    }

    @Test
    void shouldGiveAReaderWhatFitsAtPositionZeroAndNothingLater() {
        assertThat(file.read(4, 0)).isEqualTo("8080");
        assertThat(file.read(100, 0)).isEqualTo(BEFORE + "\n");
        assertThat(file.read(100, 4)).isEmpty();
    }

    @Test
    void shouldAgreeWithANaiveSetOnRandomLists() {
        SplittableRandom random = new SplittableRandom(7);
        for (int round = 0; round < 200; round++) {
            BitSet naive = new BitSet();
            StringBuilder list = new StringBuilder();
            int ranges = random.nextInt(40);
            for (int i = 0; i < ranges; i++) {
                int first = random.nextInt(PortSet.PORTS);
                int last = Math.min(PortSet.MAX_PORT, first + random.nextInt(200));
                naive.set(first, last + 1);
                list.append(first).append('-').append(last).append(random.nextInt(2) == 0 ? "," : "\n");
            }
            file.write(bytes("\n"), 0);
            file.writeAll(bytes(list.toString()));
            assertThat(file.ports().size()).isEqualTo(naive.cardinality());
            assertThat(Arrays.stream(naive.stream().toArray()).allMatch(file::contains))
                    .isTrue();
            // the normal form says the same set
            assertThat(PortSet.parse(file.ports().toString())).isEqualTo(file.ports());
        }
    }
}
