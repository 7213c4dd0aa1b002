package io.rxsim.workload.connections;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rxsim.core.kernel.Errno;
import io.rxsim.core.kernel.KernelRules;
import io.rxsim.core.run.Arrival;
import io.rxsim.core.run.ClientHost;
import io.rxsim.core.run.HashKeys;
import io.rxsim.workload.WorkloadCatalog;
import io.rxsim.workload.spec.PacketHashing;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The clients of TCP_CRR and TCP_CHURN, answered by hand. */
class ConnectRequestResponseTest {
    private static final long US = 1000;
    private static final long SECOND = 1_000_000_000;

    private final PacketHashing hashing = new PacketHashing(KernelRules.V6_18, HashKeys.ofSeed(1));
    private final Arrival arrival = new Arrival();
    private final List<String> ports = new ArrayList<>();

    private ClientHost clients(String test, String... settings) {
        Map<String, String> given = new LinkedHashMap<>();
        for (String setting : settings) {
            given.put(setting.split("=")[0], setting.split("=")[1]);
        }
        return (ClientHost) WorkloadCatalog.prepare(test, given, hashing, 1).open();
    }

    private ClientHost crr(String... settings) {
        List<String> all = new ArrayList<>(List.of("instances=1", "client_cost=0", "network_delay=10us"));
        all.addAll(List.of(settings));
        return clients("TCP_CRR", all.toArray(new String[0]));
    }

    /** The packet of instance 0 that is due now. */
    private Arrival due(ClientHost clients, long nowNs) {
        assertThat(clients.readyNs(0, nowNs)).isEqualTo(nowNs);
        arrival.timeNs = nowNs;
        clients.describe(0, arrival);
        return arrival;
    }

    /** One connection from its SYN at a time; returns when the next SYN is due. */
    private long connection(ClientHost clients, long synNs) {
        due(clients, synNs);
        ports.add(clients.describeFlow(0));
        final long requestNs = clients.onHandshake(0, arrival.sequence, synNs);
        due(clients, requestNs);
        final long finNs = clients.onResponse(0, arrival.sequence, requestNs);
        due(clients, finNs);
        return clients.onHandshake(0, arrival.sequence, finNs);
    }

    @Test
    void shouldSendSynRequestAndFinOfOneConnectionAfterTheOther() {
        ClientHost clients = crr("request=100", "think=1ms");
        assertThat(clients.next(arrival)).isTrue();
        assertThat(arrival.timeNs).isEqualTo(10 * US);
        assertThat(clients.next(arrival)).isFalse();

        due(clients, 10 * US);
        assertThat(arrival.payloadBytes).isZero();
        assertThat(arrival.generation).isEqualTo(1);
        final int hash = arrival.hash;
        assertThat(clients.onHandshake(0, 0, 30 * US)).isEqualTo(50 * US);
        due(clients, 50 * US);
        assertThat(arrival.payloadBytes).isEqualTo(100);
        assertThat(arrival.hash).isEqualTo(hash);
        assertThat(clients.onResponse(0, 1, 80 * US)).isEqualTo(100 * US);
        // connect was called at 0, the answer was received at 90 us
        assertThat(clients.lastTransactionNs()).isEqualTo(90 * US);
        due(clients, 100 * US);
        assertThat(arrival.payloadBytes).isZero();
        assertThat(clients.onHandshake(0, 2, 110 * US)).isEqualTo(130 * US + 1000 * US);

        due(clients, 1130 * US);
        assertThat(arrival.generation).isEqualTo(2);
        assertThat(arrival.hash).as("another port, another hash").isNotEqualTo(hash);
    }

    @Test
    void shouldFailTransactionsWhileAllPortsAreInTimeWait() {
        ClientHost clients = crr("range=40000-40003", "retry=1s");
        clients.next(arrival);
        long nowNs = arrival.timeNs;
        for (int i = 0; i < 4; i++) {
            nowNs = connection(clients, nowNs);
        }
        assertThat(ports).doesNotHaveDuplicates();
        long attempts = 0;
        for (long againNs = clients.readyNs(0, nowNs); againNs > nowNs; againNs = clients.readyNs(0, nowNs)) {
            assertThat(againNs).isEqualTo(nowNs + SECOND);
            nowNs = againNs;
            attempts++;
        }
        assertThat(clients.failed()).isEqualTo(Map.of(Errno.EADDRNOTAVAIL, attempts));
        assertThat(nowNs).isBetween(60 * SECOND, 61 * SECOND);
    }

    @Test
    void shouldGoOnWithTcpTwReuse() {
        ClientHost clients = crr("range=40000-40003", "tcp_tw_reuse=1", "think=2s");
        clients.next(arrival);
        long nowNs = arrival.timeNs;
        for (int i = 0; i < 20; i++) {
            nowNs = connection(clients, nowNs);
        }
        assertThat(clients.failed()).isEmpty();
    }

    @Test
    void shouldNeverConnectFromReservedPorts() {
        ClientHost clients = crr("range=40000-40009", "reserved=40000,40004-40009", "destinations=1", "tcp_tw_reuse=1");
        clients.next(arrival);
        long nowNs = arrival.timeNs;
        for (int i = 0; i < 3; i++) {
            nowNs = connection(clients, nowNs);
        }
        assertThat(ports).allMatch(flow -> flow.matches("tcp:10\\.0\\.0\\.1:4000[123]>.*"));
    }

    @Test
    void shouldSendALostSynAgainAfterASecondAndOtherPacketsAfterAFifth() {
        ClientHost clients = crr();
        clients.next(arrival);
        due(clients, 10 * US);
        assertThat(clients.onLost(0, 0, 20 * US)).isEqualTo(20 * US + SECOND);
        clients.describeAgain(0, 0, arrival);
        assertThat(clients.onLost(0, 1, 2 * SECOND)).isEqualTo(4 * SECOND);
        clients.describeAgain(0, 1, arrival);
        final long requestNs = clients.onHandshake(0, 2, 5 * SECOND);
        due(clients, requestNs);
        assertThat(clients.onLost(0, 3, requestNs)).isEqualTo(requestNs + SECOND / 5);
        assertThat(clients.losses().lost()).isEqualTo(3);
        assertThat(clients.losses().retransmitted()).isEqualTo(2);
    }

    @Test
    void shouldKeepAConnectionForItsLifetimeInAChurn() {
        ClientHost clients = clients(
                "TCP_CHURN", "instances=1", "lifetime=100ms", "think=1ms", "client_cost=0", "network_delay=10us");
        clients.next(arrival);
        long nowNs = arrival.timeNs;
        due(clients, nowNs);
        nowNs = clients.onHandshake(0, 0, nowNs);
        int requests = 0;
        while (due(clients, nowNs).payloadBytes > 0) {
            requests++;
            nowNs = clients.onResponse(0, arrival.sequence, nowNs);
        }
        // exponential with a mean of 100 requests of a millisecond
        assertThat(requests).isBetween(2, 700);
        assertThat(clients.onHandshake(0, arrival.sequence, nowNs)).isEqualTo(nowNs + 20 * US);
    }

    @Test
    void shouldRefuseBadSettings() {
        assertThatThrownBy(() -> crr("range=5")).hasMessageContaining("range=5, allowed are two ports");
        assertThatThrownBy(() -> crr("range=9-5")).hasMessageContaining("range=9-5: 5 is below 9");
        assertThatThrownBy(() -> crr("reserved=x")).hasMessageContaining("reserved=x");
        assertThatThrownBy(() -> crr("tcp_tw_reuse=3")).hasMessageContaining("tcp_tw_reuse=3");
    }
}
