package io.rxsim.bench.verify.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lines as a 6.18.44 kernel and perf 6.1 wrote them. */
class TraceLineTest {
    private static final String ENTRY = "dev=rxsim-rx napi_id=0 queue_mapping=3 skbaddr=0000000006474cb1 vlan_tagged=0"
            + " vlan_proto=0x0000 vlan_tci=0x0000 protocol=0x0800 ip_summed=3 hash=0xf6b481ca l4_hash=1 len=44 data_len=0"
            + " truesize=832 mac_header_valid=1 mac_header=-14 nr_frags=0 gso_size=0 gso_type=0x0";

    @Test
    void shouldReadALineOfTracefs() {
        TraceEvent event =
                TraceLine.parse("     rxsim-cpu-1-21935   [001] b....  2867.672483: netif_rx_entry: " + ENTRY);

        assertThat(event).isEqualTo(new TraceEvent(21935, 1, 2_867_672_483_000L, "netif_rx_entry", ENTRY));
        assertThat(event.text("dev")).isEqualTo("rxsim-rx");
        assertThat(event.number("queue_mapping")).isEqualTo(3);
        assertThat(event.number("hash")).isEqualTo(0xf6b481ca);
        assertThat(event.number("mac_header")).isEqualTo(-14);
        assertThat(event.text("gso_type")).isEqualTo("0x0");
        assertThat(event.text("len")).as("not data_len").isEqualTo("44");
    }

    @Test
    void shouldReadALineOfPerf() {
        TraceEvent event = TraceLine.parse(
                "         python3 12315 [001]  1469.280846:            net:netif_receive_skb: dev=lo skbaddr=0xffff88810a490900 len=29");

        assertThat(event.task()).isEqualTo(12315);
        assertThat(event.cpu()).isEqualTo(1);
        assertThat(event.clock()).isEqualTo(1_469_280_846_000L);
        assertThat(event.name()).isEqualTo("netif_receive_skb");
        assertThat(event.text("skbaddr")).isEqualTo("0xffff88810a490900");
    }

    @Test
    void shouldTakeThePlainNumberOfACountingClock() {
        TraceEvent event = TraceLine.parse(
                "     rxsim-cpu-0-30748   [000] .....       395760: sock_recv_length: family = AF_INET");

        assertThat(event.clock()).isEqualTo(395760);
    }

    @Test
    void shouldReadNanosecondsAndTheThreadOfAProcess() {
        TraceEvent event =
                TraceLine.parse("swapper     0/17 [128]    12.000000042:   napi:napi_poll: napi poll on napi struct"
                        + " 0xffff888627d2d408 for device (no_device) work 8 budget 64");

        assertThat(event.task()).isEqualTo(17);
        assertThat(event.cpu()).isEqualTo(128);
        assertThat(event.clock()).isEqualTo(12_000_000_042L);
        assertThat(event.isBacklogPoll()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Web Content-77 [003] d.s.. 5.000001: netif_rx_exit: ret=0",
                "kworker/3:1-ev [x] (events) 77 [003] 5.000001: net:netif_rx_exit: ret=0",
                "a [000] b-77 (-----) [003] ..s1. 5.000001: netif_rx_exit: ret=0",
            })
    void shouldNotBeMisledByTheNameOfATask(String line) {
        assertThat(TraceLine.parse(line)).isEqualTo(new TraceEvent(77, 3, 5_000_001_000L, "netif_rx_exit", "ret=0"));
    }

    @Test
    void shouldTellAPollOfADeviceFromOneOfABacklog() {
        TraceEvent poll = TraceLine.parse(
                "java-1 [000] ..s.. 1.000000: napi_poll: napi poll on napi struct 00000000d0a2f769 for device eth0 work 8 budget 64");

        assertThat(poll.isBacklogPoll()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "   ",
                "# tracer: nop",
                "\tffffffff81a5e2b1 netif_rx+0x1 ([kernel.kallsyms])",
                "            7f0a1c2d3e4f __libc_send+0x1f (/usr/lib/libc.so.6)",
            })
    void shouldPassOverWhatIsNoEvent(String line) {
        assertThat(TraceLine.isNoEvent(line)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "python3 12315 1469.280846: net:netif_receive_skb: dev=lo",
                "python3 12315 [001] net:netif_receive_skb: dev=lo",
                "python3 12315 [001] 1469.280846 net:netif_receive_skb dev=lo",
                "python3 [001] 1469.280846: net:netif_receive_skb: dev=lo",
                "python3 12315 [001] 1469.28x846: net:netif_receive_skb: dev=lo",
                "python3 12315 [00",
                "python3 12315 [001] 99999999999999999999.1: net:netif_rx: dev=lo",
                "python3 12315 [99999999999] 1.1: net:netif_rx: dev=lo",
                "python3 12315 [001] 1.1: ",
                "[001]",
                "hello",
            })
    void shouldRefuseWhatOnlyLooksLikeAnEvent(String line) {
        assertThat(TraceLine.isNoEvent(line)).isFalse();
        assertThatThrownBy(() -> TraceLine.parse(line))
                .isInstanceOf(TraceLineException.class)
                .hasMessageContaining("is no event of a trace");
    }

    @Test
    void shouldNameTheFieldThatIsMissingOrNoNumber() {
        TraceEvent event = new TraceEvent(1, 0, 0, "netif_rx_entry", "dev=lo hash=0x1ffffffff len=many");

        assertThatThrownBy(() -> event.number("queue_mapping"))
                .hasMessageContaining("netif_rx_entry without queue_mapping=");
        assertThatThrownBy(() -> event.number("len")).hasMessageContaining("len=many");
        assertThatThrownBy(() -> event.number("hash")).hasMessageContaining("32 bits");
    }
}
