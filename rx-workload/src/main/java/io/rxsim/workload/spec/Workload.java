package io.rxsim.workload.spec;

import io.rxsim.core.run.ArrivalSource;
import io.rxsim.core.run.ServiceTime;
import java.util.List;

/** A member of the workload catalog: reads its settings and opens its packets. Stateless; any thread. */
public interface Workload {
    /** The settings it knows, in the order in which they are shown. */
    List<Setting> settings();

    /**
     * Prepares the packets; what is expensive is done here, once for all runs that are compared.
     *
     * @param values settings by name
     * @param hashing how NIC and kernel hash
     * @param seed the run's seed
     * @throws IllegalArgumentException for an unknown setting or value, naming what is allowed
     */
    ArrivalSource.Factory prepare(SettingValues values, PacketHashing hashing, long seed);

    /** Whether a setting means anything beside the values of the others; a scenario that gives one which does not is refused. */
    default boolean inForce(String setting, SettingValues values) {
        return true;
    }

    /** Bound of its flow numbers. */
    int flows(SettingValues values);

    /** Length on the wire of the answer to every packet with payload; 0 where nothing is answered. */
    default int responseBytes(SettingValues values) {
        return 0;
    }

    /** The threads of a client host that is modelled in full; null where there is none. */
    default ClientThreads clientThreads(SettingValues values, long seed) {
        return null;
    }

    /**
     * What the threads of a modelled client host do.
     *
     * @param service work per answer
     * @param requestBytes length on the wire of a request
     */
    record ClientThreads(ServiceTime.Factory service, int requestBytes) {}

    /** Packets inside the host at once, each entering when there is room; 0 where packets come at times of their own. */
    default int outstanding(SettingValues values) {
        return 0;
    }

    /** Whether its packets are ESP, which the host decrypts. */
    default boolean encrypted() {
        return false;
    }

    /**
     * A setting of a workload.
     *
     * @param name its key in scenario files
     * @param defaultValue its value where it is not given
     * @param meaning what it is, with its unit and what is allowed
     */
    record Setting(String name, String defaultValue, String meaning) {}
}
