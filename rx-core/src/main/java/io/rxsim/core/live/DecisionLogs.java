package io.rxsim.core.live;

import io.rxsim.core.run.Machine;
import io.rxsim.core.softnet.SoftnetView;
import java.util.ArrayList;
import java.util.List;

/** One {@link DecisionLog} per RX queue. */
final class DecisionLogs {
    private final List<DecisionLog> logs = new ArrayList<>();

    private DecisionLogs() {}

    /** Logs of so many records each, or null for none. */
    static DecisionLogs of(int records, Machine machine, SoftnetView softnet) {
        if (records == 0) {
            return null;
        }
        if (machine.cpuCount() > DecisionLog.MAX_CPUS) {
            throw new IllegalArgumentException("logged decisions: " + machine.cpuCount()
                    + " CPUs, a record holds the online bits of " + DecisionLog.MAX_CPUS);
        }
        DecisionLogs all = new DecisionLogs();
        for (int queue = 0; queue < machine.nic().queues(); queue++) {
            all.logs.add(new DecisionLog(queue, records, softnet));
        }
        return all;
    }

    DecisionLog of(int queue) {
        return logs.get(queue);
    }
}
