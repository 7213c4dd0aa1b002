package io.rxsim.bench.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every class of malformed scenario has one line that says where, what, and what is allowed. */
class ScenarioErrorTest {
    private static final String UDP = "workload: {test: UDP_STREAM}\n";

    private static String errorOf(String yaml) {
        Throwable thrown = catchThrowable(() -> StudyReader.read(
                YamlText.parse("s.yaml", yaml.getBytes(StandardCharsets.UTF_8)),
                Path.of("..", "config"),
                List.of(),
                new WorkloadReader(InputStream.nullInputStream())));
        assertThat(thrown).as("error of <%s>", yaml).isInstanceOf(BadInputException.class);
        assertThat(thrown.getMessage()).doesNotContain("\n");
        return thrown.getMessage();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            kernal: v6.18          | 2:1: unknown key kernal, did you mean kernel?, allowed: kernel, without, thread_backlog_napi, host, online, nic, sysctl, queues, timeline, crypto, esp, workload, application, measure, repeat, seed, flow_key, jhash_secret, published, steering, variants, matrix
            nic: {rng: 3}          | 2:7: unknown key nic.rng, did you mean ring?, allowed: rss_key, path, queues, irq_affinity, ring, rx_usecs, threaded, gro, ntuple_filters, ntuple_latency, ntuple_scan, indirection
            nic: {ring: 0}         | 2:13: ring=0, allowed is a whole number from 1 to 65536
            nic: {ring: many}      | 2:13: ring=many, allowed is a whole number from 1 to 65536
            nic: {ring: [1]}       | 2:13: ring: expected a value, found a list
            nic: 3                 | 2:6: nic: expected keys and values, found a value
            nic: {path: nappi}     | 2:13: path=nappi is unknown, did you mean napi?, allowed: napi, netif_rx
            nic: {irq_affinity: ["1", "2"]}  | 2:21: irq_affinity has 2 mask(s), allowed is one per queue: 1
            nic: {irq_affinity: ["0"]}       | 2:22: irq_affinity=000 has no online CPU, online is fff
            nic: {gro: maybe}                | 2:12: gro=maybe is unknown, allowed: off, on
            nic: {path: netif_rx, gro: on}   | 2:6: gro=on, allowed with path napi only
            nic: {indirection: [0, 1]}       | 2:24: indirection: 1 is no queue, allowed is 0 to 0
            nic: {indirection: [0, 0, 0]}    | 2:20: indirection has 3 entries, allowed is a power of two, e.g. 128
            nic: {rss_key: abc}              | 2:16: rss_key=abc, allowed are 40 to 256 bytes in hex, colons between them or not
            kernel: v5.4                     | 2:9: kernel=v5.4 is unknown, allowed: v6.18, v2.6.35, v2.6.34
            kernel: v2.6.34                  | 1:1: steering=rps: v2.6.34 has neither RPS nor RFS, which came with v2.6.35, allowed are none and oracle
            host: nowhere.yaml               | 2:7: host=nowhere.yaml: no such file ../config/nowhere.yaml, allowed are a file or a shipped host: e5-1650v4, xeon-2x4-2009, xeon-e5450-2x4
            online: "0"                      | 2:9: online=000 is empty, allowed is at least one CPU
            online: xyz                      | 2:9: online: EINVAL: 'z' in mask "xyz" is not hex, allowed are hex groups of 32 CPUs, e.g. fff for all 12
            queues: {rx-0: {rps_cpus: ffff}} | 2:27: rps_cpus=ffff (EOVERFLOW: mask "ffff": CPU 12 is not below nr_cpu_ids=12), allowed are hex groups of 32 CPUs, e.g. fff for all 12
            queues: {rx-1: {rps_cpus: f}}    | 2:10: queues.rx-1: the NIC has no such queue, allowed is rx-0 to rx-0
            queues: {rx0: {rps_cpus: f}}     | 2:10: unknown key queues.rx0, did you mean rx-0?, allowed: rx-*, rx-0
            queues: {rx-0: {rps_flow_cnt: -1}}  | 2:31: rps_flow_cnt=-1 (EINVAL: no number), allowed is a number from 0 to 67108864
            queues: {rx-0: {rps_flow_count: 1}} | 2:17: unknown key queues.rx-0.rps_flow_count, did you mean rps_flow_cnt?, allowed: rps_cpus, rps_flow_cnt
            sysctl: {net.core.netdev_max_backlog: 10k} | 2:39: net.core.netdev_max_backlog=10k (EINVAL: no number), allowed is a number from -2147483648 to 2147483647
            sysctl: {net.core.netdev_budget_usecs: 10} | 2:40: net.core.netdev_budget_usecs=10 (EINVAL: less than 8000), allowed is a number from 8000 to 2147483647
            sysctl: {net.core.netdev_tstamp_prequeue: 1} | 2:10: sysctl net.core.netdev_tstamp_prequeue is not modelled, allowed: net.core.netdev_max_backlog, net.core.netdev_budget, net.core.netdev_budget_usecs, net.core.dev_weight, net.core.dev_weight_rx_bias, net.core.dev_weight_tx_bias, net.core.rps_sock_flow_entries, net.core.rmem_default, net.core.rps_default_mask, net.core.flow_limit_table_len, net.core.flow_limit_cpu_bitmap
            sysctl: {net.core.rps_sock_flow_entries: 67108865} | 2:42: net.core.rps_sock_flow_entries=67108865 (ENOMEM: a table of 134217728 entries, the model has room for 67108864), allowed is a number from 0 to 67108864
            sysctl: {net.core.flow_limit_table_len: 3} | 2:41: net.core.flow_limit_table_len=3 (EINVAL: no power of two), allowed is a power of two, e.g. 4096
            sysctl: {netdev_max_backlog: 8}            | 2:10: unknown sysctl netdev_max_backlog, allowed: net.core.netdev_max_backlog, net.core.netdev_budget, net.core.netdev_budget_usecs, net.core.dev_weight, net.core.dev_weight_rx_bias, net.core.dev_weight_tx_bias, net.core.rps_sock_flow_entries, net.core.rmem_default, net.core.rps_default_mask, net.core.flow_limit_table_len, net.core.flow_limit_cpu_bitmap
            published: {none: {cpu: 0.3}}               | 2:12: published.source is missing
            published: {source: a}                      | 2:12: published has no figures, allowed are those of the variants none, RPS, RFS
            published: {source: a, nine: {cpu: 0.3}}    | 2:24: unknown key published.nine, did you mean none?, allowed: source, none, RPS, RFS
            published: {source: a, RPS: {cpu: 30}}      | 2:35: cpu=30, allowed is a number from 0.000001 to 1 with up to 6 decimals
            published: {source: a, RPS: {latencyNs: {p95: 3}}} | 2:42: unknown key published.RPS.latencyNs.p95, did you mean p90?, allowed: p50, p90, p99, stddev
            published: {source: a, RPS: {latencyNs: {p50: 3us}}} | 2:47: p50=3us, allowed is a number from 0.000001 to 100000000000 with up to 6 decimals
            steering: rfss         | 2:11: steering=rfss is unknown, did you mean rfs?, allowed: none, rps, rfs, arfs, oracle
            variants: []           | 2:11: variants: expected a list with at least one variant, e.g. - name: RPS
            variants: [{steering: rps}]          | 2:12: variants.name is missing
            variants: [{name: a}, {name: A}]     | 2:30: name=A is used by an earlier variant
            variants: [{name: ../a}]             | 2:19: name=../a, allowed are 1 to 32 letters, digits, blanks and ._+-
            variants: [{name: a, seed: 3}]       | 2:22: unknown key variants.seed, allowed: name, steering, kernel, without, thread_backlog_napi, nic, sysctl, queues, crypto, esp, timeline, workload
            variants: [{name: a, nic: {ring: 0}}] | 2:34: ring=0, allowed is a whole number from 1 to 65536
            seed: 1.5              | 2:7: seed=1.5, allowed is a whole number from -999999999999999999 to 999999999999999999
            flow_key: "00"         | 2:11: flow_key=00, allowed are 16 bytes in hex, colons between them or not
            jhash_secret: 12       | 2:15: jhash_secret=12, allowed is 0x and 1 to 8 hex digits
            measure: {warmup: 10}  | 2:19: warmup=10, allowed is 0ns to 86400s in whole nanoseconds, with a unit: ns, us, ms, s, m, h
            measure: {duration: end}  | 2:21: duration=end, but the workload has no end, allowed is a time, e.g. 1s
            measure: {warmup: 0.3ns}  | 2:19: warmup=0.3ns, allowed is 0ns to 86400s in whole nanoseconds, with a unit: ns, us, ms, s, m, h
            measure: {duration: 0s}   | 2:21: duration=0s, allowed is 1ns to 86400s in whole nanoseconds, with a unit: ns, us, ms, s, m, h
            application: {service: 2m}        | 2:24: service=2m, allowed is 0ns to 60s in whole nanoseconds, with a unit: ns, us, ms, s, m, h
            application: {placement: pined}   | 2:26: placement=pined is unknown, did you mean pinned?, allowed: pinned, migrating, free
            application: {placement: "pinned:000"} | 2:26: placement=pinned:000 has no online CPU, online is fff
            application: {cpus: f}            | 2:15: unknown key application.cpus, allowed: placement, service, threads
            """)
    void shouldNameThePlaceAndWhatIsAllowed(String line, String expected) {
        assertThat(errorOf(UDP + line)).isEqualTo("s.yaml:" + expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {test: UDP_STREEM}                 | 1:18: test=UDP_STREEM is unknown, did you mean UDP_STREAM?, allowed: UDP_STREAM, ESP_STREAM, TCP_RR, UDP_RR, TCP_STREAM, TCP_CRR, TCP_CHURN
            {}                                 | 1:11: workload: expected either capture or test, found neither of [capture, test]
            {test: UDP_STREAM, rate: fast}     | 1:36: rate=fast, allowed is 0.001/s to 1G/s, e.g. 1000/s, 500k/s, 1.2M/s
            {test: UDP_STREAM, rate: 1.0000005M/s} | 1:36: rate=1.0000005M/s, allowed is 0.001/s to 1G/s, e.g. 1000/s, 500k/s, 1.2M/s
            {test: UDP_STREAM, arrivals: poison}   | 1:40: arrivals=poison is unknown, did you mean poisson?, allowed: constant, poisson, on-off
            {test: UDP_STREAM, size: 64}       | 1:30: unknown key workload.size, did you mean sizes?, allowed: capture, test, rate, arrivals, flows, population, sizes, port
            {test: UDP_STREAM, port: shut}     | 1:36: port=shut is unknown, allowed: open, closed
            {test: TCP_RR, expected_interval: 10ns} | 1:45: expected_interval=10ns, allowed is 1us to 60s in whole nanoseconds, with a unit: ns, us, ms, s, m, h
            {test: TCP_STREAM, link_rate: fast}     | 1:41: link_rate=fast, allowed is 1k to 1000G bits per second, e.g. 10G
            {test: TCP_STREAM, mss: 1448, window: 1000} | 1:49: window=1000, allowed is 1448 (mss) to 1073741824
            []                                 | 1:11: workload: the list is empty, allowed is at least one, e.g. - {name: a, test: TCP_RR}
            [3]                                | 1:12: workload: expected keys and values, found a value
            [{test: TCP_RR}]                   | 1:12: workload.name is missing
            [{name: a b, test: TCP_RR}]        | 1:19: name=a b, allowed are a letter and up to 15 letters, digits, dashes and underscores
            [{name: a, test: TCP_RR}, {name: a, test: UDP_RR}] | 1:44: name=a is used by an earlier workload
            [{name: a, capture: x.pcap}]       | 1:22: capture: not in a list of workloads, allowed is test
            [{name: a, test: TCP_RR, instance: 3}] | 1:36: unknown key workload.instance, did you mean instances?, allowed: name, capture, test, instances, request, response, burst, think, client, client_service, client_cpus, client_cost, network_delay, expected_interval
            {capture: captures/none.pcap}      | 1:21: capture=captures/none.pcap: ../config/captures/none.pcap: no such file, a pcap or pcapng file is needed
            {capture: captures/redis.pcap.gz, speed: fast}    | 1:52: speed=fast, allowed is a number from 0.000001 to 1000000 with up to 6 decimals
            {capture: captures/redis.pcap.gz, to: 10.0.0}     | 1:49: to=10.0.0: column 7: IPv4 address must have four numbers, as 10.0.0.1, allowed is ADDRESS[,ADDRESS...]
            {capture: captures/redis.pcap.gz, max_flows: 0}   | 1:56: max_flows=0, allowed is a whole number from 1 to 67108864
            {capture: captures/redis.pcap.gz, top_speed: yes} | 1:56: top_speed=yes, allowed is true or false
            {capture: captures/redis.pcap.gz, speed: 2, top_speed: true} | 1:66: top_speed: not together with speed, allowed is one of the two
            """)
    void shouldNameThePlaceInTheWorkload(String workload, String expected) {
        assertThat(errorOf("workload: " + workload)).isEqualTo("s.yaml:" + expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {flod: {rate: 1}}  | 2:33: unknown workload flod, did you mean flood?, allowed: rr, flood
            {flood: 3}         | 2:40: flood: expected keys and values, or ~ to leave the workload out, found a value
            {flood: {rate: x}} | 2:47: rate=x, allowed is 0.001/s to 1G/s, e.g. 1000/s, 500k/s, 1.2M/s
            {rr: ~, flood: ~}  | 1:11: workload: the list is empty, allowed is at least one, e.g. - {name: a, test: TCP_RR}
            3                  | 2:32: variants.workload: expected keys and values, found a value
            {test: UDP_RR}     | 2:33: variants.workload.test: a variant changes settings of the test only
            """)
    void shouldNameThePlaceInAVariantOfTheWorkload(String change, String expected) {
        assertThat(errorOf("workload: [{name: rr, test: TCP_RR}, {name: flood, test: UDP_STREAM}]\n"
                        + "variants: [{name: a, workload: " + change + "}]\n"))
                .isEqualTo("s.yaml:" + expected);
    }

    @Test
    void shouldRefuseRpsAndRfsInTheKernelBeforeThem() {
        String old = UDP + "kernel: v2.6.34\nsteering: none\n";
        assertThat(errorOf(old + "queues: {rx-0: {rps_cpus: f}}"))
                .isEqualTo("s.yaml:4:9: queues: v2.6.34 has neither RPS nor RFS, which came with v2.6.35,"
                        + " allowed is no rps_cpus and no rps_flow_cnt");
        assertThat(errorOf(old + "queues: {rx-0: {rps_flow_cnt: 8}}")).contains("no rps_flow_cnt");
        assertThat(errorOf(old + "sysctl: {net.core.rps_sock_flow_entries: 8}"))
                .isEqualTo("s.yaml:4:9: sysctl: v2.6.34 has neither RPS nor RFS, which came with v2.6.35,"
                        + " allowed is net.core.rps_sock_flow_entries: 0");
        assertThat(errorOf(UDP + "variants: [{name: a, kernel: v2.6.34, steering: rfs}]"))
                .contains("steering=rfs: v2.6.34 has neither RPS nor RFS");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            nic: {threaded: 2}               | 2:17: threaded=2 (EOPNOTSUPP: 2 is neither 0 nor 1), allowed is 0 or 1
            nic: {path: netif_rx, threaded: 1} | 2:33: threaded=1 (EOPNOTSUPP: the device has no NAPI instance), allowed is nothing: such a device has no threads
            thread_backlog_napi: yes         | 2:22: thread_backlog_napi=yes is unknown, allowed: off, on
            online: ffe                      | 2:9: online=ffe is without CPU 0, which is always online on x86
            """)
    void shouldRefuseWhatTheHostHasNot(String line, String expected) {
        assertThat(errorOf(UDP + line)).isEqualTo("s.yaml:" + expected);
    }

    @Test
    void shouldRefuseThreadsThatPollInKernelsBeforeThem() {
        String old = UDP + "kernel: v2.6.35\n";
        assertThat(errorOf(old + "nic: {threaded: 1}"))
                .isEqualTo("s.yaml:3:7: nic.threaded (ENOENT): threaded NAPI came with v5.12, allowed is v6.18");
        assertThat(errorOf(old + "thread_backlog_napi: on"))
                .isEqualTo("s.yaml:3:22: thread_backlog_napi=on: v2.6.35 has no such parameter, which came with v6.10,"
                        + " allowed is off");
        assertThat(errorOf(old + "timeline: [{at: 1ms, threaded: 1}]"))
                .isEqualTo("s.yaml:3:22: threaded (ENOENT): threaded NAPI came with v5.12, allowed is v6.18");
    }

    @Test
    void shouldNameTheRulesThatCanBeSwitchedOff() {
        assertThat(errorOf(UDP + "without: tail-chek"))
                .startsWith("s.yaml:2:10: without=tail-chek is no rule in force in v6.18, did you mean tail-check?,")
                .contains("upper-bit-check");
    }

    @Test
    void shouldRefuseDuplicateKeysNamingBothLines() {
        assertThat(errorOf(UDP + "nic:\n  ring: 1\n  ring: 2\n"))
                .isEqualTo("s.yaml:4:3: ring is given twice, first in line 3");
    }

    @Test
    void shouldSayWhereYamlIsBroken() {
        assertThat(errorOf("nic: {ring: 1\nseed: 3\n"))
                .startsWith("s.yaml:2:5: not valid YAML: ")
                .contains("expected ',' or '}'");
        assertThat(errorOf("nic:\n\tring: 1\n")).startsWith("s.yaml:2:1: not valid YAML: ");
        assertThat(errorOf("a: 1\nb: \u0001")).isEqualTo("s.yaml:2:4: control character 1 is not allowed");
    }

    @Test
    void shouldRefuseWhatIsNoSingleMapping() {
        assertThat(errorOf("")).isEqualTo("s.yaml:1:1: is empty, keys and values are expected");
        assertThat(errorOf("- a\n")).isEqualTo("s.yaml:1:1: expected keys and values, found a list");
        assertThat(errorOf("a: 1\n---\nb: 2\n")).isEqualTo("s.yaml:3:1: a second document begins, one is allowed");
        assertThat(errorOf("? [a]\n: 1\n")).isEqualTo("s.yaml:1:3: a key must be a plain word");
        assertThat(errorOf("seed: 3\n")).startsWith("s.yaml:1:1: workload is missing, allowed is e.g. ");
    }

    @Test
    void shouldBoundAliasesAndSize() {
        StringBuilder bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 9; i++) {
            String below = "*a" + (i - 1);
            bomb.append(
                    "a" + i + ": &a" + i + " [" + String.join(", ", java.util.Collections.nCopies(10, below)) + "]\n");
        }
        assertThat(errorOf(bomb.toString())).contains("too large: more than 200000 values");
        assertThat(errorOf("a: " + "[".repeat(500_000))).isEqualTo("s.yaml:1:1: too large: more than 50 levels");
        assertThat(errorOf("a: &a [*a]\n")).contains("too large");
        assertThat(errorOf("#".repeat(YamlText.MAX_BYTES + 1)))
                .isEqualTo("s.yaml: is larger than 1048576 bytes, the most a scenario may have");
    }

    @Test
    void shouldRefuseTextThatIsNotUtf8() {
        Throwable thrown = catchThrowable(() -> YamlText.parse("s.yaml", new byte[] {'a', (byte) 0xff}));

        assertThat(thrown).isInstanceOf(BadInputException.class).hasMessage("s.yaml: is not UTF-8 text");
    }
}
