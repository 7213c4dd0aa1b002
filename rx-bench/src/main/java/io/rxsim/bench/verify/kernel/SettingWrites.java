package io.rxsim.bench.verify.kernel;

import io.rxsim.core.sysctl.HostSettings;
import java.util.List;

/**
 * What is written to each setting: its grammar, its limits, what follows a number. Values that a busy machine would notice, and
 * tables that take much memory, are not among them.
 */
final class SettingWrites {
    private static final List<String> INTEGERS = List.of(
            "1200",
            "0x4b0",
            "02260",
            " \t1300 ",
            "1300x",
            "1300 7",
            "1300\n7",
            "x",
            "+1300",
            "0x",
            "08",
            "-",
            "2147483648",
            "-2147483649",
            "00000000000000001200",
            "000000000000000001200",
            "99999999999999999999",
            "\n",
            " ");
    private static final List<String> MASKS = List.of(
            "1",
            "3\n",
            "0",
            "f\0zz",
            "1\nzz",
            ",",
            "\n",
            " ",
            " 1 ",
            "zz,3",
            "3,zz",
            "0x3",
            "-1",
            "1 1",
            "x00000001",
            "000000001",
            "ffffffff",
            "00000000,00000001",
            "1,00000000",
            "00000001,");

    private SettingWrites() {}

    /** The writes for a setting. */
    static List<String> of(String name) {
        return switch (name) {
            case HostSettings.NETDEV_BUDGET -> List.of("0", "-5", "300 x", "1", "07", "-0x10", "2147483647");
            case HostSettings.DEV_WEIGHT, HostSettings.DEV_WEIGHT_RX_BIAS, HostSettings.DEV_WEIGHT_TX_BIAS ->
                List.of("1", "0", "-1", "64", "0x40 9", "64k", "\n");
            case HostSettings.NETDEV_BUDGET_USECS -> List.of("8000", "1", "0", "-1", "100000", "20000x", "20000 x");
            case HostSettings.RPS_SOCK_FLOW_ENTRIES, HostSettings.FLOW_LIMIT_TABLE_LEN ->
                List.of("1", "100", "64", "-1", "x", "32 9", "0x20", "32x", "536870913", "2147483648", "4097", "0");
            case HostSettings.RMEM_DEFAULT -> List.of("212993", "2303", "0", "-1", "x", "300000 9", "300000x");
            case HostSettings.RPS_CPUS, HostSettings.FLOW_LIMIT_CPU_BITMAP, HostSettings.RPS_DEFAULT_MASK -> MASKS;
            case HostSettings.RPS_FLOW_CNT ->
                List.of(
                        "64",
                        "65",
                        "+0x11\n",
                        "010",
                        "1\n\n",
                        "x",
                        "-1",
                        " 1",
                        "1 ",
                        "4294967297",
                        "99999999999999999999",
                        "8\0x",
                        "0");
            case HostSettings.THREADED ->
                List.of("1", "0", "2", "on", "+1\n", "0x1", "1 ", "1\n\n", "-1", "99999999999999999999", "1\0x", "0");
            default -> INTEGERS;
        };
    }
}
