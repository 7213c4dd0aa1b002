package io.rxsim.workload.closedloop;

import static org.assertj.core.api.Assertions.assertThat;

import io.rxsim.core.kernel.KernelRules;
import io.rxsim.core.run.Arrival;
import io.rxsim.core.run.ClientHost;
import io.rxsim.core.run.HashKeys;
import io.rxsim.core.run.Losses;
import io.rxsim.core.run.RunResult;
import io.rxsim.core.run.RxObserver;
import io.rxsim.core.softnet.DropReason;
import io.rxsim.workload.WorkloadCatalog;
import io.rxsim.workload.spec.PacketHashing;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What clients do about requests that the host loses. */
class LossTest {
    private static final long MS = 1_000_000;
    private static final long SECOND = 1_000_000_000;
    private static final long DELAY = 10_000;

    /** Two connections whose first requests reach a ring of one descriptor at the same time, 15 us after the start. */
    private static LoopRig rig(String test) {
        LoopRig rig = new LoopRig().set("instances", "2").set("client_cpus", "2");
        rig.test = test;
        rig.ring = 1;
        rig.rxUsecs = 1;
        return rig.measure(0, 4 * SECOND);
    }

    private static ClientHost clients(String test, KernelRules rules, String... settings) {
        PacketHashing hashing = new PacketHashing(rules, HashKeys.ofSeed(1));
        Map<String, String> given = new LinkedHashMap<>();
        for (int i = 0; i < settings.length; i += 2) {
            given.put(settings[i], settings[i + 1]);
        }
        return (ClientHost) WorkloadCatalog.prepare(test, given, hashing, 1).open();
    }

    private static Arrival sent(ClientHost clients, int flow, long atNs) {
        Arrival arrival = new Arrival();
        arrival.timeNs = atNs;
        clients.describe(flow, arrival);
        return arrival;
    }

    @ParameterizedTest
    @CsvSource({"v6.18, 1000015000", "v2.6.35, 3000015000"})
    void shouldSendTheFirstRequestAgainAfterTheInitialTimeout(String kernel, long againNs) {
        List<Long> ofFlow1 = new ArrayList<>();
        LoopRig rig = rig("TCP_RR").set("think", "60s");
        rig.rules = KernelRules.of(kernel);
        rig.observer = new RxObserver() {
            @Override
            public void onArrived(long nowNs, int flow, int sequence, int rxQueue) {
                if (flow == 1) {
                    ofFlow1.add(nowNs);
                }
            }
        };
        RunResult result = rig.run();
        assertThat(ofFlow1).containsExactly(15_000L, againNs);
        assertThat(result.client().losses()).isEqualTo(new Losses(1, 1, 0));
        assertThat(result.client().transactions()).isEqualTo(2);
        assertThat(result.traffic().dropped()).containsEntry(DropReason.RX_RING, 1L);
        assertThat(result.traffic().delivered()).isEqualTo(2);
        // From the first sending: the wait is part of the transaction.
        assertThat(result.latency().total().getMaxValue()).isGreaterThan(againNs - 15_000);
    }

    @Test
    void shouldDoubleTheTimeoutUpToTwoMinutesAndFallBackToTheMinimumAfterAnAnswer() {
        ClientHost clients = clients("TCP_RR", KernelRules.V6_18, "instances", "1");
        Arrival request = sent(clients, 0, DELAY);
        long sentNs = 0;
        for (long rtoNs : new long[] {1, 2, 4, 8, 16, 32, 64, 120, 120}) {
            long againNs = clients.onLost(0, request.sequence, sentNs + DELAY);
            assertThat(againNs).isEqualTo(sentNs + rtoNs * SECOND + DELAY);
            sentNs = againNs - DELAY;
            int lost = request.sequence;
            request.timeNs = againNs;
            clients.describeAgain(0, lost, request);
            assertThat(request.sequence).isEqualTo(lost + 1);
        }
        long nextNs = clients.onResponse(0, request.sequence, sentNs + 2 * DELAY);
        assertThat(clients.lastTransactionNs()).isEqualTo(sentNs + 3 * DELAY + 5_000);
        request = sent(clients, 0, nextNs);
        assertThat(clients.onLost(0, request.sequence, nextNs)).isEqualTo(nextNs + 200 * MS);
        assertThat(clients.losses()).isEqualTo(new Losses(10, 9, 0));
    }

    @Test
    void shouldTimeEachRequestOfABurstFromItsOwnSending() {
        ClientHost clients = clients("TCP_RR", KernelRules.V6_18, "instances", "1", "burst", "3", "client_cost", "0");
        Arrival first = sent(clients, 0, DELAY);
        int second = sent(clients, 0, DELAY + 100).sequence;
        int third = sent(clients, 0, DELAY + 200).sequence;
        clients.onLost(0, first.sequence, DELAY);
        // The second's answer makes room for a fourth; the first keeps its place and its time.
        clients.onResponse(0, second, 50_000);
        assertThat(clients.lastTransactionNs()).isEqualTo(50_000 + DELAY - 100);
        int fourth = sent(clients, 0, 70_000).sequence;
        clients.onResponse(0, third, 80_000);
        assertThat(clients.lastTransactionNs()).isEqualTo(80_000 + DELAY - 200);
        Arrival again = new Arrival();
        again.timeNs = SECOND + DELAY;
        clients.describeAgain(0, first.sequence, again);
        clients.onResponse(0, fourth, 90_000);
        assertThat(clients.lastTransactionNs()).isEqualTo(90_000 + DELAY - 60_000);
        clients.onResponse(0, again.sequence, SECOND + 2 * DELAY);
        assertThat(clients.lastTransactionNs()).isEqualTo(SECOND + 3 * DELAY);
    }

    @Test
    void shouldStopAUdpInstanceWhoseRequestIsLost() {
        RunResult one = rig("UDP_RR").set("instances", "1").measure(0, 10 * MS).run();
        RunResult two = rig("UDP_RR").measure(0, 10 * MS).run();
        assertThat(two.client().losses()).isEqualTo(new Losses(1, 0, 1));
        assertThat(two.client().transactions()).isEqualTo(one.client().transactions());
        assertThat(one.client().losses()).isEqualTo(Losses.NONE);
    }

    @Test
    void shouldStopAnInstanceWithABurstOnlyWhenAllItsRequestsAreLost() {
        ClientHost clients = clients("UDP_RR", KernelRules.V6_18, "instances", "1", "burst", "2");
        int first = sent(clients, 0, DELAY).sequence;
        int second = sent(clients, 0, DELAY).sequence;
        assertThat(clients.onLost(0, first, DELAY)).isEqualTo(ClientHost.NEVER);
        assertThat(clients.losses().stopped()).isZero();
        assertThat(clients.onLost(0, second, DELAY)).isEqualTo(ClientHost.NEVER);
        assertThat(clients.losses()).isEqualTo(new Losses(2, 0, 1));
    }
}
