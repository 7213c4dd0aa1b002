package io.rxsim.workload;

import io.rxsim.core.run.ArrivalSource;
import io.rxsim.core.run.Catalog;
import io.rxsim.workload.arrival.UdpStream;
import io.rxsim.workload.closedloop.RequestResponse;
import io.rxsim.workload.closedloop.TcpStream;
import io.rxsim.workload.connections.ConnectRequestResponse;
import io.rxsim.workload.esp.EspStream;
import io.rxsim.workload.spec.PacketHashing;
import io.rxsim.workload.spec.SettingValues;
import io.rxsim.workload.spec.Workload;
import java.util.Map;

/** Generated workloads by name, the scenario's {@code test}. A new one is a class and a line here. */
public final class WorkloadCatalog {
    private WorkloadCatalog() {}

    /** All workloads. */
    public static Catalog<Workload> catalog() {
        return new Catalog<Workload>("test")
                .with("UDP_STREAM", new UdpStream())
                .with("ESP_STREAM", new EspStream())
                .with("TCP_RR", RequestResponse.tcp())
                .with("UDP_RR", RequestResponse.udp())
                .with("TCP_STREAM", new TcpStream())
                .with("TCP_CRR", ConnectRequestResponse.crr())
                .with("TCP_CHURN", ConnectRequestResponse.churn());
    }

    /**
     * Prepares a workload from the keys of a scenario.
     *
     * @param test the workload's name
     * @param given its settings; what is missing takes the default
     * @param hashing how NIC and kernel hash
     * @param seed the run's seed
     * @throws IllegalArgumentException for an unknown name, setting or value, naming what is allowed
     */
    public static ArrivalSource.Factory prepare(
            String test, Map<String, String> given, PacketHashing hashing, long seed) {
        Workload workload = catalog().get(test);
        return workload.prepare(new SettingValues(workload.settings(), given), hashing, seed);
    }

    /** Whether a setting means anything beside the values of the others. */
    public static boolean inForce(String test, Map<String, String> given, String setting) {
        Workload workload = catalog().get(test);
        return workload.inForce(setting, new SettingValues(workload.settings(), given));
    }

    /**
     * Bound of the flow numbers of a workload.
     *
     * @throws IllegalArgumentException as {@link #prepare}
     */
    public static int flows(String test, Map<String, String> given) {
        Workload workload = catalog().get(test);
        return workload.flows(new SettingValues(workload.settings(), given));
    }

    /**
     * Packets inside the host at once, 0 where packets come at times of their own.
     *
     * @throws IllegalArgumentException as {@link #prepare}
     */
    public static int outstanding(String test, Map<String, String> given) {
        Workload workload = catalog().get(test);
        return workload.outstanding(new SettingValues(workload.settings(), given));
    }

    /**
     * Length on the wire of the answer to every request, 0 where nothing is answered.
     *
     * @throws IllegalArgumentException as {@link #prepare}
     */
    public static int responseBytes(String test, Map<String, String> given) {
        Workload workload = catalog().get(test);
        return workload.responseBytes(new SettingValues(workload.settings(), given));
    }

    /**
     * The threads of a client host that is modelled in full; null where there is none.
     *
     * @throws IllegalArgumentException as {@link #prepare}
     */
    public static Workload.ClientThreads clientThreads(String test, Map<String, String> given, long seed) {
        Workload workload = catalog().get(test);
        return workload.clientThreads(new SettingValues(workload.settings(), given), seed);
    }
}
