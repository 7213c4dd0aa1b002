package io.rxsim.workload.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import io.rxsim.core.packet.FlowDissector;
import io.rxsim.core.packet.FlowKey;
import io.rxsim.core.packet.FlowKeys;
import io.rxsim.core.packet.IpAddress;
import io.rxsim.core.packet.IpProtocol;
import io.rxsim.core.packet.LinkType;
import io.rxsim.core.packet.Packet;
import io.rxsim.core.packet.PacketHeaders;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FlowTableTest {
    private final PacketHeaders headers = new PacketHeaders();
    private final FlowKeys keys = new FlowKeys();
    private final FlowDissector dissector = new FlowDissector();
    private final Packet packet = new Packet();
    private final byte[] frame = tcpFrame();

    @ParameterizedTest
    @CsvSource({
        "tcp:10.0.0.1:1234>10.0.0.2:80, tcp:10.0.0.2:80>10.0.0.1:1234",
        "udp:[2001:db8::1]:53>[2001:db8::2]:9000, udp:[2001:db8::2]:9000>[2001:db8::1]:53",
        "udp:[2001:db8:9::1]:53>[2001:db8::2]:9000, udp:[2001:db8::2]:9000>[2001:db8:9::1]:53",
        "tcp:200.0.0.1:1>10.0.0.2:80, tcp:10.0.0.2:80>200.0.0.1:1",
        "tcp:10.0.0.1:9>10.0.0.1:8, tcp:10.0.0.1:8>10.0.0.1:9",
        "icmp:10.0.0.2>10.0.0.1, icmp:10.0.0.1>10.0.0.2",
        "esp:10.0.0.2>10.0.0.1:0x00000100, esp:10.0.0.1>10.0.0.2:0x00000100"
    })
    void shouldGiveBothDirectionsOneNumber(String flow, String answer) {
        FlowTable table = new FlowTable(10);

        assertThat(lookup(table, flow)).isZero();
        assertThat(table.created()).isTrue();
        assertThat(table.direction()).isZero();
        assertThat(lookup(table, answer)).isZero();
        assertThat(table.created()).isFalse();
        assertThat(table.direction()).isEqualTo(1);
        assertThat(lookup(table, flow)).isZero();
        assertThat(table.direction()).isZero();
        assertThat(table.describe(0)).isEqualTo(flow);
        assertThat(table.size()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        "tcp:10.0.0.1:1>10.0.0.2:2, tcp:10.0.0.1:2>10.0.0.2:1",
        "tcp:10.0.0.1:1>10.0.0.2:2, udp:10.0.0.1:1>10.0.0.2:2",
        "tcp:10.0.0.1:1>10.0.0.2:2, tcp:10.0.0.1:1>10.0.0.3:2",
        "tcp:10.0.0.1:1>10.0.0.2:2, tcp:[::10.0.0.1]:1>[::10.0.0.2]:2",
        "esp:10.0.0.1>10.0.0.2:0x1, esp:10.0.0.1>10.0.0.2:0x2",
        "esp:10.0.0.1>10.0.0.2:0x1, ah:10.0.0.1>10.0.0.2:0x1",
        "tcp:[2001:db8::1]:1>[2001:db8::2]:2, tcp:[2001:db9::1]:1>[2001:db8::2]:2"
    })
    void shouldKeepFlowsApart(String flow, String other) {
        FlowTable table = new FlowTable(10);

        assertThat(lookup(table, flow)).isZero();
        assertThat(lookup(table, other)).isEqualTo(1);
        assertThat(lookup(table, flow)).isZero();
    }

    @Test
    void shouldCloseTheFlowThatWasSeenLeastRecently() {
        FlowTable table = new FlowTable(2);
        lookup(table, "tcp:10.0.0.1:1>10.0.0.2:80");
        lookup(table, "tcp:[2001:db8::1]:2>[2001:db8::2]:80");
        lookup(table, "tcp:10.0.0.2:80>10.0.0.1:1");
        assertThat(table.closed()).isEqualTo(FlowTable.NONE);

        assertThat(lookup(table, "tcp:10.0.0.1:3>10.0.0.2:80")).isEqualTo(1);

        assertThat(table.closed()).isEqualTo(1);
        assertThat(table.closedCount()).isEqualTo(1);
        assertThat(table.generation(0)).isZero();
        assertThat(table.generation(1)).isEqualTo(1);
        assertThat(table.describe(1)).isEqualTo("tcp:10.0.0.1:3>10.0.0.2:80");
        assertThat(lookup(table, "tcp:10.0.0.1:1>10.0.0.2:80")).isZero();
        assertThat(table.closed()).isEqualTo(FlowTable.NONE);
        assertThat(table.size()).isEqualTo(2);
    }

    @Test
    void shouldGiveAFragmentAFlowOfItsOwn() throws IOException {
        byte[] fragment = new byte[34];
        fragment[12] = 8;
        fragment[14] = 0x45;
        fragment[17] = 20;
        fragment[20] = 0x20; // more fragments follow
        fragment[23] = IpProtocol.UDP;
        fragment[26] = 10;
        fragment[30] = 11;
        FlowTable table = new FlowTable(10);
        lookup(table, "udp:10.0.0.0:0>11.0.0.0:0");
        dissector.dissect(packet.wrap(fragment, 0, 34, LinkType.ETHERNET), keys, headers);

        assertThat(table.lookup(headers)).isEqualTo(1);
        assertThat(table.describe(1)).isEqualTo("udp:10.0.0.0:0>11.0.0.0:0");
    }

    @ParameterizedTest
    @CsvSource({"08, 06, arp", "88, cc, ethertype-0x88cc"})
    void shouldGivePacketsWithoutIpOneFlowPerEtherType(String high, String low, String described) {
        byte[] other = new byte[60];
        other[12] = (byte) Integer.parseInt(high, 16);
        other[13] = (byte) Integer.parseInt(low, 16);
        dissector.dissect(packet.wrap(other, 0, 60, LinkType.ETHERNET), keys, headers);
        FlowTable table = new FlowTable(10);

        assertThat(table.lookup(headers)).isZero();
        assertThat(table.lookup(headers)).isZero();
        assertThat(table.describe(0)).isEqualTo(described);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void shouldAgreeWithANaiveReference(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int maxFlows = random.nextInt(1, 1500);
        int population = (int) (maxFlows * (0.5 + random.nextDouble() * 3)) + 1;
        FlowTable table = new FlowTable(maxFlows);
        Reference reference = new Reference(maxFlows);
        for (int i = 0; i < 100_000; i++) {
            int flow = Math.min(random.nextInt(population), random.nextInt(population));
            boolean answer = random.nextBoolean();
            toHeaders(flow, answer);

            int id = table.lookup(headers);

            reference.lookup(flow, answer);
            assertEqual(seed, i, "id", reference.id, id);
            assertEqual(seed, i, "created", reference.created ? 1 : 0, table.created() ? 1 : 0);
            assertEqual(seed, i, "closed", reference.closed, table.closed());
            assertEqual(seed, i, "direction", reference.direction, table.direction());
            assertEqual(seed, i, "size", reference.flows.size(), table.size());
            assertEqual(seed, i, "generation", reference.generations[id], table.generation(id));
        }
        assertThat(table.closedCount())
                .as("seed %d", seed)
                .isEqualTo(reference.closedCount)
                .isPositive();
    }

    @Test
    void shouldNumberTheConnectionsOfARecordedCapture() throws IOException {
        FlowTable table = new FlowTable(FlowTable.DEFAULT_MAX_FLOWS);
        int answers = 0;
        int sockets = 0;
        try (InputStream in = getClass().getResourceAsStream("/captures/redis.pcap.gz");
                CaptureReader reader = CaptureReader.open(in, "redis.pcap.gz")) {
            while (reader.next(packet)) {
                dissector.dissect(packet, keys, headers);
                table.lookup(headers);
                answers += table.direction();
                sockets += headers.hasPorts() ? 1 : 0;
            }
        }

        assertThat(table.size()).isEqualTo(102);
        assertThat(answers).isEqualTo(12_306);
        assertThat(sockets).isEqualTo(25_026);
        assertThat(table.closedCount()).isZero();
    }

    @Test
    void shouldNeedLittleMemoryPerFlowAndNoneForFlowsThatAreThere() {
        int flows = 1_000_000;
        FlowTable table = new FlowTable(flows);
        long start = allocatedBytes();
        for (int flow = 0; flow < flows; flow++) {
            table.lookup(ipv4(flow));
        }
        long full = allocatedBytes();
        for (int flow = 0; flow < flows; flow++) {
            table.lookup(ipv4(flow + flows / 2));
        }
        long after = allocatedBytes();

        assertThat(table.size()).isEqualTo(flows);
        assertThat(table.closedCount()).isEqualTo(flows / 2);
        // All that was ever allocated, indexes that were outgrown included.
        assertThat((full - start) / flows).isLessThanOrEqualTo(60);
        // The order of all flows is sorted once, in 8 bytes each; beyond that, less than one byte per packet.
        assertThat(after - full).isLessThan(8L * flows + flows / 2);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, FlowTable.MAX_FLOWS_LIMIT + 1})
    void shouldRefuseAnAbsurdBound(int maxFlows) {
        assertThatThrownBy(() -> new FlowTable(maxFlows))
                .hasMessage("maxFlows=" + maxFlows + " is outside 1..67108864");
    }

    private int lookup(FlowTable table, String flow) {
        FlowKey.parse(flow).toHeaders(headers);
        return table.lookup(headers);
    }

    /** One of many different flows: both IP versions, with ports, with SPI and with neither. */
    private void toHeaders(int flow, boolean answer) {
        int protocol = switch (flow % 5) {
            case 0 -> IpProtocol.ESP;
            case 1 -> 89;
            case 2 -> IpProtocol.UDP;
            default -> IpProtocol.TCP;
        };
        boolean distinctAddresses = protocol == 89;
        IpAddress lower = flow % 2 == 0 ? IpAddress.ofIpv6(5, 1) : IpAddress.ofIpv4(1);
        long number = distinctAddresses ? flow : flow % 3;
        IpAddress upper = flow % 2 == 0 ? IpAddress.ofIpv6(5 + number, 2) : IpAddress.ofIpv4((int) (2 + number));
        int word = distinctAddresses ? 0 : flow;
        boolean ports = IpProtocol.hasPorts(protocol);
        FlowKey key = answer
                ? new FlowKey(protocol, upper, lower, ports ? Integer.rotateLeft(word, 16) : word)
                : new FlowKey(protocol, lower, upper, word);
        key.toHeaders(headers);
    }

    /** A TCP packet whose ports are the number of the flow, made without allocation. */
    private PacketHeaders ipv4(int flow) {
        for (int i = 0; i < 4; i++) {
            frame[34 + i] = (byte) (flow >>> (24 - 8 * i));
        }
        dissector.dissect(packet.wrap(frame, 0, frame.length, LinkType.ETHERNET), keys, headers);
        return headers;
    }

    private static byte[] tcpFrame() {
        byte[] frame = new byte[54];
        frame[12] = 8;
        frame[14] = 0x45;
        frame[17] = 40;
        frame[23] = IpProtocol.TCP;
        frame[26] = 10;
        frame[30] = 11;
        frame[46] = 0x50;
        return frame;
    }

    private static void assertEqual(long seed, int step, String what, long expected, long actual) {
        if (expected != actual) {
            throw new AssertionError(
                    "seed " + seed + ", step " + step + ": " + what + " is " + actual + ", expected " + expected);
        }
    }

    private static long allocatedBytes() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        return threads.getThreadAllocatedBytes(Thread.currentThread().getId());
    }

    /** The table as it would be written without regard to speed and memory. */
    private static final class Reference {
        private record Flow(int id, boolean firstAnswer) {}

        private final int maxFlows;
        private final Map<Integer, Flow> flows = new LinkedHashMap<>(16, 0.75f, true);
        private final int[] generations;
        private int id;
        private boolean created;
        private int closed;
        private int direction;
        private long closedCount;

        Reference(int maxFlows) {
            this.maxFlows = maxFlows;
            this.generations = new int[maxFlows];
        }

        void lookup(int number, boolean answer) {
            Flow flow = flows.get(number);
            created = flow == null;
            closed = FlowTable.NONE;
            if (flow == null) {
                id = flows.size();
                if (flows.size() == maxFlows) {
                    Integer oldest = flows.keySet().iterator().next();
                    id = flows.remove(oldest).id;
                    closed = id;
                    closedCount++;
                    generations[id]++;
                }
                flow = new Flow(id, answer);
                flows.put(number, flow);
            }
            id = flow.id;
            direction = flow.firstAnswer == answer ? 0 : 1;
        }
    }
}
