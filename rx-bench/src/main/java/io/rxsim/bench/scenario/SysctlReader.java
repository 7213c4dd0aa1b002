package io.rxsim.bench.scenario;

import io.rxsim.core.run.Application;
import io.rxsim.core.run.NearNames;
import java.util.ArrayList;
import java.util.List;

/**
 * The {@code sysctl:} part: kernel names, kernel syntax, kernel limits and roundings.
 *
 * <p>Source: net/core/sysctl_net_core.c and kernel/sysctl.c {@code proc_dointvec}, 6.18 and 2.6.35. Deviation: text behind the
 * number, which the kernel ignores, is refused; a table may have 2^26 entries, the kernel allows 2^29 (2^30 in 2.6.35).
 */
final class SysctlReader {
    /** Most entries of a flow table. */
    static final int MAX_TABLE = 1 << 26;

    private static final List<String> NOT_MODELLED = List.of(
            "net.core.dev_weight_tx_bias",
            "net.core.flow_limit_cpu_bitmap",
            "net.core.flow_limit_table_len",
            "net.core.netdev_tstamp_prequeue",
            "net.core.rps_default_mask",
            "net.core.rmem_max",
            "net.core.wmem_default",
            "net.core.busy_poll",
            "net.core.busy_read",
            "net.ipv4.ip_local_port_range",
            "net.ipv4.ip_local_reserved_ports",
            "net.ipv4.ip_unprivileged_port_start",
            "net.ipv4.tcp_rmem",
            "net.ipv4.udp_rmem_min");

    private final Section section;
    private final boolean modern;
    private final List<String> names = new ArrayList<>();

    SysctlReader(Section section, boolean modern) {
        this.section = section;
        this.modern = modern;
    }

    /** What the section sets, complete with defaults. */
    record Values(
            int netdevMaxBacklog,
            int netdevBudget,
            int netdevBudgetUsecs,
            int backlogWeight,
            int rpsSockFlowEntries,
            int rmemDefault) {}

    Values read(int hz) {
        int backlog = integer("netdev_max_backlog", Integer.MIN_VALUE, Integer.MAX_VALUE, 1000);
        int budget = integer("netdev_budget", Integer.MIN_VALUE, Integer.MAX_VALUE, 300);
        int twoTicks = 2_000_000 / hz;
        int usecs = twoTicks;
        int bias = 1;
        if (modern) {
            usecs = integer("netdev_budget_usecs", twoTicks, Integer.MAX_VALUE, twoTicks);
        }
        int weight = integer("dev_weight", 1, Integer.MAX_VALUE, 64);
        if (modern) {
            bias = integer("dev_weight_rx_bias", 1, Integer.MAX_VALUE, 1);
        }
        if ((long) weight * bias > Integer.MAX_VALUE) {
            throw section.error(
                    "net.core.dev_weight",
                    "dev_weight * dev_weight_rx_bias=" + (long) weight * bias + ", allowed is at most "
                            + Integer.MAX_VALUE);
        }
        int entries = table("rps_sock_flow_entries");
        int rmem = integer("rmem_default", 2304, Integer.MAX_VALUE, Application.DEFAULT_RCVBUF_BYTES);
        refuseOthers();
        return new Values(backlog, budget, usecs, weight * bias, entries, rmem);
    }

    private int table(String name) {
        int asked = integer(name, 0, MAX_TABLE, 0);
        int size = roundUp(asked);
        section.record("net.core." + name, (long) size);
        return size;
    }

    /** The next power of two, as roundup_pow_of_two; 0 stays 0. */
    static int roundUp(int entries) {
        return entries <= 1 ? entries : Integer.highestOneBit(entries - 1) << 1;
    }

    private int integer(String name, int min, int max, int byDefault) {
        String key = "net.core." + name;
        names.add(key);
        String text = section.text(key);
        if (text == null) {
            section.recordDefault(key, (long) byDefault);
            return byDefault;
        }
        long value = parse(text);
        if (value < min || value > max) {
            throw section.error(key, key + "=" + text + " (EINVAL), allowed is a number from " + min + " to " + max);
        }
        section.record(key, value);
        return (int) value;
    }

    /** Decimal, 0x and octal with an optional minus sign; {@link Long#MIN_VALUE} for anything else. */
    private static long parse(String text) {
        String number = text.strip();
        boolean negative = number.startsWith("-");
        String digits = negative ? number.substring(1) : number;
        int radix = 10;
        if (digits.matches("0[xX][0-9a-fA-F]{1,15}")) {
            radix = 16;
            digits = digits.substring(2);
        } else if (digits.matches("0[0-7]{1,18}")) {
            radix = 8;
        } else if (!digits.matches("0|[1-9]\\d{0,17}")) {
            return Long.MIN_VALUE;
        }
        long value = Long.parseLong(digits, radix);
        return negative ? -value : value;
    }

    private void refuseOthers() {
        for (String key : section.keys()) {
            if (names.contains(key) || !section.has(key)) {
                continue;
            }
            if (NOT_MODELLED.contains(key)) {
                throw section.errorAtKey(
                        key, "sysctl " + key + " is not modelled, allowed: " + String.join(", ", names));
            }
            if (!modern && (key.equals("net.core.netdev_budget_usecs") || key.equals("net.core.dev_weight_rx_bias"))) {
                throw section.errorAtKey(key, "sysctl " + key + " does not exist in v2.6.35");
            }
            List<String> all = new ArrayList<>(names);
            String nearest = NearNames.nearest(key, NOT_MODELLED);
            if (nearest != null && NearNames.nearest(key, names) == null) {
                all.add(nearest);
            }
            throw section.errorAtKey(key, "unknown sysctl " + key + NearNames.hint(key, all));
        }
    }
}
