package io.rxsim.core.packet;

import static org.assertj.core.api.Assertions.assertThat;

import io.rxsim.core.hash.SipHash;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The relations between hashes that a real 6.18 kernel showed, each held over random pairs under random keys. */
class HashRelationsTest {
    private static final long SEED = 618;
    private static final int PAIRS = 100;
    private static final Pattern CELL = Pattern.compile("\"([^\"]*)\"|([^,]+)");
    private static final Pattern VID = Pattern.compile("(?:802.1ad )?vid (\\d+)(?: pcp (\\d))?.*");

    record Row(String kind, String reference, String relation, int groups, int same, int l4Hash) {}

    static Stream<Row> rows() throws IOException {
        var raw = HashRelationsTest.class.getResourceAsStream("rps_hash_relations.csv.gz");
        var reader = new BufferedReader(new InputStreamReader(new GZIPInputStream(raw), StandardCharsets.UTF_8));
        return reader.lines().skip(1).map(HashRelationsTest::row).onClose(() -> close(reader));
    }

    private static void close(BufferedReader reader) {
        try {
            reader.close();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Row row(String line) {
        Matcher cell = CELL.matcher(line);
        String[] cells = new String[6];
        for (int i = 0; i < cells.length; i++) {
            assertThat(cell.find()).as(line).isTrue();
            cells[i] = cell.group(1) != null ? cell.group(1) : cell.group(2);
        }
        int groups = Integer.parseInt(cells[3]);
        return new Row(cells[0], cells[1], cells[2], groups, Integer.parseInt(cells[4]), Integer.parseInt(cells[5]));
    }

    @ParameterizedTest
    @MethodSource("rows")
    void shouldKeepOrChangeTheHashAsTheKernelDid(Row row) {
        Random random = new Random(SEED);
        PacketHeaders headers = new PacketHeaders();
        int equal = 0;
        for (int pair = 0; pair < PAIRS; pair++) {
            SipFlowHash hash = new SipFlowHash(new SipHash(random.nextLong(), random.nextLong()));
            SampleFrames sample = new SampleFrames(random);
            int reference = classify(hash, frame(sample, row.kind, row.reference), headers);
            int relation = classify(hash, frame(sample, row.kind, row.relation), headers);
            equal += reference == relation ? 1 : 0;
            assertThat(headers.l4Hash()).as("seed=%d %s", SEED, row).isEqualTo(row.l4Hash == 1);
        }
        assertThat(equal).as("seed=%d %s", SEED, row).isEqualTo(row.same == 0 ? 0 : PAIRS);
    }

    private static int classify(FlowHash hash, byte[] frame, PacketHeaders headers) {
        return hash.classify(new Packet().wrap(frame, 0, frame.length, LinkType.ETHERNET), headers);
    }

    private static byte[] frame(SampleFrames s, String kind, String label) {
        FrameBuilder frame = switch (kind) {
            case "sym4" -> symmetric4(s, label);
            case "sym6" -> symmetric6(s, label);
            case "invariance4" -> invariance(s, label);
            case "frag4" -> fragment4(s, label);
            case "frag6" -> fragment6(s, label);
            case "vlan" -> s.innerUdp(vlan(label));
            case "tunnel" -> tunnel(s, label);
            case "icmp4", "esp4", "sctp4", "proto4" -> other(s, label);
            case "arp" -> FrameBuilder.ethernet().arp(label.equals("arp") ? 1 : s.source, s.destination);
            case "ethertype" -> FrameBuilder.ethernet().etherType(label.endsWith("5") ? 0x88b5 : 0x88b6);
            case "flowlabel6" -> flowLabel(s, label);
            default -> throw new IllegalArgumentException(kind);
        };
        return frame.payload(24).build();
    }

    private static FrameBuilder symmetric4(SampleFrames s, String label) {
        boolean addresses = label.startsWith("addrs");
        FrameBuilder frame = FrameBuilder.ethernet()
                .ipv4(addresses ? s.destination : s.source, addresses ? s.source : s.destination);
        return ports(s, frame, label.contains("ports"));
    }

    private static FrameBuilder symmetric6(SampleFrames s, String label) {
        boolean addresses = label.startsWith("addrs");
        FrameBuilder frame = FrameBuilder.ethernet()
                .ipv6(addresses ? s.destination6 : s.source6, addresses ? s.source6 : s.destination6, 0);
        return ports(s, frame, label.contains("ports"));
    }

    private static FrameBuilder ports(SampleFrames s, FrameBuilder frame, boolean swapped) {
        return swapped ? frame.udp(s.destinationPort, s.sourcePort) : frame.udp(s.sourcePort, s.destinationPort);
    }

    private static FrameBuilder invariance(SampleFrames s, String label) {
        return switch (label) {
            case "original" -> s.udp(s.ipv4());
            case "ttl=3" -> s.udp(s.ipv4().ipv4Fields(0, 0, 3));
            case "tos=0xb8" -> s.udp(s.ipv4().ipv4Fields(0xb8, 0, 64));
            case "ident=777" -> s.udp(s.ipv4().ipv4Fields(0, 777, 64));
            case "DF" -> s.udp(s.ipv4().fragment(FrameBuilder.DONT_FRAGMENT));
            case "payload +700" -> s.udp(s.ipv4()).payload(700);
            case "proto tcp instead of udp" -> s.ipv4().tcp(s.sourcePort, s.destinationPort, PacketHeaders.TCP_SYN);
            case "proto tcp, ACK" -> s.ipv4().tcp(s.sourcePort, s.destinationPort, PacketHeaders.TCP_ACK);
            case "ip options (ihl=6)" -> s.udp(s.ipv4().options(1));
            default -> throw new IllegalArgumentException(label);
        };
    }

    private static FrameBuilder fragment4(SampleFrames s, String label) {
        return switch (label) {
            case "unfragmented" -> s.udp(s.ipv4());
            case "first fragment MF=1 off=0" -> s.udp(s.ipv4().fragment(FrameBuilder.MORE_FRAGMENTS));
            case "first fragment, other ports" ->
                s.ipv4().fragment(FrameBuilder.MORE_FRAGMENTS).udp(1, 2);
            case "middle fragment MF=1 off=3" ->
                s.ipv4().fragment(FrameBuilder.MORE_FRAGMENTS | 3).protocol(IpProtocol.UDP);
            case "last fragment MF=0 off=6" -> s.ipv4().fragment(6).protocol(IpProtocol.UDP);
            case "last fragment, proto tcp" -> s.ipv4().fragment(6).protocol(IpProtocol.TCP);
            default -> throw new IllegalArgumentException(label);
        };
    }

    private static FrameBuilder fragment6(SampleFrames s, String label) {
        return switch (label) {
            case "unfragmented" -> s.udp(s.ipv6(0));
            case "first fragment" -> s.udp(s.ipv6(0).fragmentHeader(0, true));
            case "middle fragment" -> s.ipv6(0).fragmentHeader(3, true).protocol(IpProtocol.UDP);
            case "last fragment" -> s.ipv6(0).fragmentHeader(6, false).protocol(IpProtocol.UDP);
            case "atomic fragment" -> s.udp(s.ipv6(0).fragmentHeader(0, false));
            default -> throw new IllegalArgumentException(label);
        };
    }

    private static FrameBuilder vlan(String label) {
        FrameBuilder frame = FrameBuilder.ethernet();
        if (label.equals("untagged")) {
            return frame;
        }
        if (label.startsWith("qinq ")) {
            int outer = Character.digit(label.charAt(5), 10);
            return frame.vlan(0x88a8, outer).vlan(0x8100, Character.digit(label.charAt(7), 10));
        }
        Matcher vid = VID.matcher(label);
        assertThat(vid.matches()).as(label).isTrue();
        int priority = vid.group(2) == null ? 0 : Integer.parseInt(vid.group(2));
        int tci = priority << 13 | Integer.parseInt(vid.group(1));
        return frame.vlan(label.startsWith("802.1ad") ? 0x88a8 : 0x8100, tci);
    }

    private static FrameBuilder tunnel(SampleFrames s, String label) {
        return switch (label) {
            case "inner packet alone" -> s.udp(s.ipv4());
            case "ipip" -> s.innerUdp(s.outer());
            case "ipip other outer source" ->
                s.innerUdp(FrameBuilder.ethernet().ipv4(~s.outerSource, s.outerDestination));
            case "gre" -> s.innerUdp(s.outer().gre(0));
            case "gre key 11" -> s.innerUdp(s.outer().greKey(11));
            case "gre key 12" -> s.innerUdp(s.outer().greKey(12));
            case "vxlan (udp 4789->4789)" -> s.innerUdp(s.outer().vxlan(4789, 1));
            case "plain udp 4789->4789" -> s.outer().udp(4789, 4789);
            default -> throw new IllegalArgumentException(label);
        };
    }

    private static FrameBuilder other(SampleFrames s, String label) {
        int number = Integer.parseInt(label.substring(label.lastIndexOf(' ') + 1));
        if (label.startsWith("icmp echo id")) {
            return s.ipv4().icmpEcho(number);
        }
        if (label.startsWith("esp spi")) {
            return s.ipv4().esp(number);
        }
        if (label.startsWith("sctp sport")) {
            return s.ipv4().ports(IpProtocol.SCTP, number, 5000);
        }
        assertThat(label).startsWith("ip proto");
        return s.ipv4().protocol(number);
    }

    private static FrameBuilder flowLabel(SampleFrames s, String label) {
        FrameBuilder frame = s.ipv6(Integer.decode(label.split("[ ,]", -1)[1]));
        return label.endsWith("other ports") ? frame.udp(1, 2) : s.udp(frame);
    }
}
