package io.rxsim.core.sysctl;

import static org.assertj.core.api.Assertions.assertThat;

import io.rxsim.core.cpu.CpuMask;
import io.rxsim.core.kernel.KernelRules;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Writes as the kernels answer them: bytes taken or errno, and what is read back. */
class HostSettingsTest {
    private static final int CPUS = 4;

    private static HostSettings host(KernelRules rules) {
        return new HostSettings(rules, 250, CpuMask.all(CPUS), CpuMask.all(CPUS), HostSettings.UNBOUNDED);
    }

    private static Knob knob(HostSettings host, String name) {
        return switch (name) {
            case "rps_cpus" -> host.newRpsCpus();
            case "rps_flow_cnt" -> host.newRpsFlowCnt();
            case "threaded" -> host.newThreaded(true);
            case "threaded of lo" -> host.newThreaded(false);
            default -> host.sysctl("net.core." + name);
        };
    }

    private static String answer(Knob knob, String escaped) {
        Written written = knob.write(escaped.replace("\\n", "\n")
                .replace("\\t", "\t")
                .replace("\\0", "\0")
                .replace("_", " "));
        return (written.isRefused() ? written.errno().name() : Integer.toString(written.ret())) + " " + knob.text();
    }

    /** What the recordings of 6.18 do not hold, or hold for two CPUs only. */
    @ParameterizedTest
    @CsvSource(nullValues = "-", textBlock = """
            netdev_max_backlog, 50_60, 3 50
            netdev_max_backlog, _-7_, 4 -7
            netdev_max_backlog, 0x, EINVAL 1000
            netdev_max_backlog, 08, EINVAL 1000
            netdev_max_backlog, -, EINVAL 1000
            netdev_max_backlog, 2147483648, EINVAL 1000
            netdev_max_backlog, 00000000000000000007, 20 7
            netdev_max_backlog, 000000000000000000007, EINVAL 1000
            netdev_budget_usecs, 7999, EINVAL 8000
            netdev_budget_usecs, 8000, 4 8000
            dev_weight, 0, EINVAL 64
            rps_sock_flow_entries, 536870912, 9 536870912
            rps_sock_flow_entries, 536870913, EINVAL 0
            rps_sock_flow_entries, -1, EINVAL 0
            rps_flow_cnt, +0x11\\n, 6 32
            rps_flow_cnt, 4294967296, 10 4294967296
            rps_flow_cnt, 4294967297, EINVAL 0
            rps_flow_cnt, 99999999999999999999x, ERANGE 0
            rps_flow_cnt, 12\\n\\n, EINVAL 0
            rps_flow_cnt, 12\\n\\0zz, 6 16
            threaded, 1, 1 1
            threaded, +0x1\\n, 5 1
            threaded, 1\\n\\n, EINVAL 0
            threaded, 2, EOPNOTSUPP 0
            threaded, on, EINVAL 0
            threaded, 99999999999999999999, ERANGE 0
            threaded of lo, 0, EOPNOTSUPP 0
            threaded of lo, on, EINVAL 0
            rps_cpus, ff, EOVERFLOW 0
            rps_cpus, f\\nzz, 4 f
            flow_limit_table_len, 4096_x, 5 4096
            flow_limit_table_len, 3, EINVAL 4096
            """)
    void shouldAnswerAs618Does(String name, String write, String answer) {
        assertThat(answer(knob(host(KernelRules.V6_18), name), write == null ? "-" : write))
                .isEqualTo(answer);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            netdev_max_backlog, 50_60, 3 50
            netdev_max_backlog, 4294967295, 10 -1
            netdev_max_backlog, 18446744073709551617, 20 1
            netdev_max_backlog, 12x, EINVAL 1000
            dev_weight, 0, 1 0
            dev_weight, -3, 2 -3
            rps_sock_flow_entries, 536870913, 9 1073741824
            rps_sock_flow_entries, 1073741825, EINVAL 0
            rps_sock_flow_entries, -1, EINVAL 0
            rps_flow_cnt, 12abc, 5 16
            rps_flow_cnt, abc, EINVAL 0
            rps_flow_cnt, +5, EINVAL 0
            rps_flow_cnt, _5, EINVAL 0
            rps_flow_cnt, 1073741824, 10 1073741824
            rps_flow_cnt, 1073741825, EINVAL 0
            rps_flow_cnt, 4294967303, 10 8
            rps_cpus, '', 0 0
            rps_cpus, \\n, EINVAL 0
            rps_cpus, 'f,', 2 f
            rps_cpus, ',f', EINVAL 0
            rps_cpus, 'f,,3', EINVAL 0
            rps_cpus, '00000000,0000000f', 17 f
            rps_cpus, 0000000000000003, 16 3
            rps_cpus, ff, EOVERFLOW 0
            rps_cpus, 'ff,zz', EOVERFLOW 0
            rps_cpus, '1,0', EOVERFLOW 0
            rps_cpus, 1_1, EINVAL 0
            rps_cpus, _3\\n, 3 3
            rps_cpus, 3\\0zz, 4 3
            rps_cpus, 0x3, EINVAL 0
            """)
    void shouldAnswerAs2635Does(String name, String write, String answer) {
        assertThat(answer(knob(host(KernelRules.V2_6_35), name), write)).isEqualTo(answer);
    }

    @Test
    void shouldKnowOnlyTheFilesOfItsKernel() {
        assertThat(host(KernelRules.V2_6_35).sysctls())
                .extracting(Knob::name)
                .containsExactly(
                        "net.core.netdev_max_backlog",
                        "net.core.netdev_budget",
                        "net.core.dev_weight",
                        "net.core.rps_sock_flow_entries",
                        "net.core.rmem_default");
        assertThat(host(KernelRules.V6_18).sysctls()).hasSize(11);
    }

    @Test
    void shouldEmptyTheGlobalTableOnEveryWriteButOneOfATooLargeSize() {
        for (KernelRules rules : new KernelRules[] {KernelRules.V6_18, KernelRules.V2_6_35}) {
            RpsSockFlowEntries entries = host(rules).rpsSockFlowEntries();
            entries.write("64");
            int before = entries.generation();

            for (String wipes : new String[] {"64", "", "junk", " "}) {
                entries.write(wipes);
                assertThat(entries.generation()).as(wipes).isEqualTo(++before);
                assertThat(entries.entries()).isEqualTo(64);
            }
            entries.write("2000000000");
            assertThat(entries.generation()).isEqualTo(before);
        }
    }

    @Test
    void shouldTakeIsolatedCpusOutOfAMapAndRefuseOnesOfThemOnly() {
        CpuMask housekeeping = CpuMask.parse("3", CPUS);
        HostSettings host =
                new HostSettings(KernelRules.V6_18, 250, CpuMask.all(CPUS), housekeeping, HostSettings.UNBOUNDED);

        assertThat(answer(host.newRpsCpus(), "f")).isEqualTo("1 3");
        assertThat(answer(host.newRpsCpus(), "c")).isEqualTo("EINVAL 0");
        assertThat(answer(host.newRpsCpus(), "0")).isEqualTo("1 0");
        assertThat(answer(host.sysctl(HostSettings.RPS_DEFAULT_MASK), "7")).isEqualTo("1 3");
        assertThat(answer(host.sysctl(HostSettings.RPS_DEFAULT_MASK), "8")).isEqualTo("EINVAL 0");
    }

    @Test
    void shouldFilterOfflineCpusWhenAMaskIsWrittenAndNeverAgain() {
        HostSettings host = host(KernelRules.V6_18);
        RpsCpus map = host.newRpsCpus();
        host.online(CpuMask.parse("b", CPUS));

        assertThat(answer(map, "f")).isEqualTo("1 b");
        host.online(CpuMask.all(CPUS));
        assertThat(map.text()).isEqualTo("b");
        host.online(CpuMask.parse("1", CPUS));
        assertThat(map.text()).isEqualTo("b");
        assertThat(answer(map, "e")).isEqualTo("1 0");
    }

    @Test
    void shouldLeaveTheGroupsReadBeforeAFaultInTheDefaultMask() {
        HostSettings host =
                new HostSettings(KernelRules.V6_18, 250, CpuMask.all(40), CpuMask.all(40), HostSettings.UNBOUNDED);
        Knob mask = host.sysctl(HostSettings.RPS_DEFAULT_MASK);

        assertThat(answer(mask, "5,3")).isEqualTo("3 05,00000003");
        assertThat(answer(mask, "zz,7")).isEqualTo("EINVAL 05,00000007");
        assertThat(answer(mask, "1,zz")).isEqualTo("EINVAL 05,00000007");
        assertThat(answer(mask, "fff,1")).isEqualTo("EOVERFLOW ff,00000001");
        assertThat(answer(mask, "")).isEqualTo("0 00,00000000");
        assertThat(answer(mask, "9")).isEqualTo("1 00,00000009");
        assertThat(host.newRpsCpus().text()).isEqualTo("00,00000009");
    }

    @Test
    void shouldGiveAFlowLimitTableTheLengthInForceWhenItsBitIsSet() {
        HostSettings host = host(KernelRules.V6_18);
        Knob bitmap = host.sysctl(HostSettings.FLOW_LIMIT_CPU_BITMAP);
        Knob length = host.sysctl(HostSettings.FLOW_LIMIT_TABLE_LEN);
        length.write("8");
        bitmap.write("1");
        length.write("16");
        bitmap.write("7");

        assertThat(host.flowLimitTableLengths()).containsExactly(8, 16, 16, 0);
        assertThat(answer(bitmap, "zz")).isEqualTo("EINVAL 7");
        length.write("67108864");
        assertThat(answer(bitmap, "e")).isEqualTo("ENOMEM 6");
        assertThat(host.flowLimitTableLengths()).containsExactly(0, 16, 16, 0);
        assertThat(answer(bitmap, "")).isEqualTo("0 0");
    }

    @Test
    void shouldAnswerEnomemForATableThatFindsNoMemory() {
        HostSettings host = new HostSettings(KernelRules.V6_18, 250, CpuMask.all(1), CpuMask.all(1), 1024);

        assertThat(answer(host.newRpsFlowCnt(), "1025")).isEqualTo("ENOMEM 0");
        assertThat(answer(host.newRpsFlowCnt(), "1024")).isEqualTo("4 1024");
        assertThat(answer(host.rpsSockFlowEntries(), "1025")).isEqualTo("ENOMEM 0");
    }

    @Test
    void shouldTakeAPageOfASysfsWriteAndOneByteLessInThePast() {
        String page = "3" + " ".repeat(5000);

        assertThat(host(KernelRules.V6_18).newRpsCpus().write(page).ret()).isEqualTo(4096);
        assertThat(host(KernelRules.V2_6_35).newRpsCpus().write(page).ret()).isEqualTo(4095);
        assertThat(host(KernelRules.V6_18)
                        .sysctl(HostSettings.FLOW_LIMIT_CPU_BITMAP)
                        .write(page)
                        .ret())
                .isEqualTo(5001);
        assertThat(host(KernelRules.V6_18)
                        .sysctl(HostSettings.NETDEV_BUDGET)
                        .write(page)
                        .ret())
                .isEqualTo(5001);
    }
}
