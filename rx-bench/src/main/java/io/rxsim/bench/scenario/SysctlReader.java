package io.rxsim.bench.scenario;

import io.rxsim.core.run.NearNames;
import io.rxsim.core.sysctl.HostSettings;
import io.rxsim.core.sysctl.Knob;
import java.util.ArrayList;
import java.util.List;

/**
 * The {@code sysctl:} part: kernel names, kernel syntax, kernel limits and roundings, by way of {@link HostSettings}.
 *
 * <p>Deviations: a table may have 2^26 entries, where the kernel asks for memory; what makes a backlog's weight less than 1 is
 * refused, though 2.6.35 takes such a dev_weight and 6.18 such a product, and so is a netdev_budget below 1 in 2.6.35.
 */
final class SysctlReader {
    /** Most entries of a flow table. */
    static final int MAX_TABLE = 1 << 26;

    private static final int MIN_RCVBUF = 2304;

    private static final List<String> NOT_MODELLED = List.of(
            "net.core.netdev_tstamp_prequeue",
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
    private final HostSettings settings;
    private final String kernel;
    private final List<String> notes;

    SysctlReader(Section section, HostSettings settings, String kernel, List<String> notes) {
        this.section = section;
        this.settings = settings;
        this.kernel = kernel;
        this.notes = notes;
    }

    /** Writes what the section sets, in the order in which the kernel lists its files, and checks what the model needs. */
    void read() {
        KnobWriter writer = new KnobWriter(notes);
        for (Knob knob : settings.sysctls()) {
            writer.write(section, section, knob.name(), knob);
        }
        if (section.has(HostSettings.DEV_WEIGHT_TX_BIAS) && settings.sysctl(HostSettings.DEV_WEIGHT_TX_BIAS) != null) {
            notes.add(HostSettings.DEV_WEIGHT_TX_BIAS + " changes nothing here: queueing disciplines are not modelled");
        }
        checkWeight(section, HostSettings.DEV_WEIGHT, settings, kernel);
        checkBudget(section, settings, kernel);
        int rmem = settings.integer(HostSettings.RMEM_DEFAULT, MIN_RCVBUF);
        if (rmem < MIN_RCVBUF) {
            throw section.error(
                    HostSettings.RMEM_DEFAULT,
                    HostSettings.RMEM_DEFAULT + "=" + rmem + ", the model needs " + MIN_RCVBUF + " or more");
        }
        refuseOthers();
    }

    /** Refuses weights, written to {@code key}, with which a backlog is polled for nothing. */
    static void checkWeight(Section section, String key, HostSettings settings, String kernel) {
        if (settings.backlogWeight() < 1) {
            throw section.error(
                    key,
                    "backlogs would be polled with a weight of " + settings.backlogWeight() + ", which " + kernel
                            + " takes and the model does not, allowed is a dev_weight * dev_weight_rx_bias of 1 or more");
        }
    }

    /** Refuses a budget with which 2.6.35 raises NET_RX again and again and polls nothing. */
    static void checkBudget(Section section, HostSettings settings, String kernel) {
        int budget = settings.integer(HostSettings.NETDEV_BUDGET, 1);
        if (!settings.isModern() && budget < 1) {
            throw section.error(
                    HostSettings.NETDEV_BUDGET,
                    HostSettings.NETDEV_BUDGET + "=" + budget + ", which " + kernel
                            + " takes and then polls nothing for ever, allowed is 1 or more");
        }
    }

    private void refuseOthers() {
        List<String> names = settings.sysctls().stream().map(Knob::name).toList();
        for (String key : section.keys()) {
            if (names.contains(key) || !section.has(key)) {
                continue;
            }
            if (NOT_MODELLED.contains(key)) {
                throw section.errorAtKey(
                        key, "sysctl " + key + " is not modelled, allowed: " + String.join(", ", names));
            }
            if (HostSettings.isKnown(key)) {
                throw section.errorAtKey(key, "sysctl " + key + " does not exist in " + kernel + " (ENOENT)");
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
