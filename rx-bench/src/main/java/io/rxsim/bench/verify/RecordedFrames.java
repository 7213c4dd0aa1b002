package io.rxsim.bench.verify;

import io.rxsim.core.packet.EtherType;
import io.rxsim.core.packet.FrameBuilder;
import io.rxsim.core.packet.IpProtocol;
import io.rxsim.core.packet.PacketHeaders;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Builds the frames that the recordings describe in words, from addresses and ports. The words are those of the columns
 * {@code kind}, {@code relation} and {@code reference}; numbers in them are read, not listed. Stateless.
 */
final class RecordedFrames {
    private static final int PAYLOAD = 18;
    private static final int PRIORITY_SHIFT = 13;
    private static final int VXLAN_PORT = 4789;
    private static final int SCTP_DESTINATION_PORT = 300;

    private static final Pattern PAYLOAD_MORE = Pattern.compile("payload \\+(\\d{1,4})");
    private static final Pattern TTL = Pattern.compile("ttl=(\\d{1,3})");
    private static final Pattern TOS = Pattern.compile("tos=0x([0-9a-f]{1,2})");
    private static final Pattern IDENT = Pattern.compile("ident=(\\d{1,5})");
    private static final Pattern IP_OPTIONS = Pattern.compile("ip options \\(ihl=(\\d{1,2})\\)");
    private static final Pattern VID = Pattern.compile("(802\\.1ad )?vid (\\d{1,4})(?: pcp (\\d))?(?: \\(.*\\))?");
    private static final Pattern QINQ = Pattern.compile("qinq (\\d{1,4})/(\\d{1,4})");
    private static final Pattern GRE_KEY = Pattern.compile("gre key (\\d{1,9})");
    private static final Pattern ETHER_TYPE = Pattern.compile("ethertype 0x([0-9a-f]{4})");
    private static final Pattern FLOW_LABEL = Pattern.compile("label (0x[0-9a-f]{1,5}|\\d{1,7})(, other ports)?");
    private static final Pattern NUMBERED = Pattern.compile("(icmp echo id|esp spi|sctp sport|ip proto) (\\d{1,9})");

    private RecordedFrames() {}

    /** The IP version of a kind's frames. */
    static int ipVersion(String kind) {
        return kind.contains("6") ? 6 : 4;
    }

    /** The frame of a kind that a relation describes, or null if the words are not known. */
    static byte[] frame(String kind, String relation, FlowSample flow) {
        FrameBuilder frame = switch (kind) {
            case "udp4", "udp6", "udp4_seqports" -> udp(ethernetIp(flow), flow);
            case "tcp4_syn", "tcp6_syn" -> tcp(ethernetIp(flow), flow, PacketHeaders.TCP_SYN);
            case "sym4", "sym6" -> swapped(relation, flow);
            case "invariance4" -> variation(relation, flow);
            case "frag4" -> RecordedFragments.ipv4(relation, flow);
            case "frag6" -> RecordedFragments.ipv6(relation, flow);
            case "vlan" -> tagged(relation, flow);
            case "tunnel" -> tunnelled(relation, flow);
            case "icmp4", "esp4", "sctp4", "proto4" -> otherProtocol(relation, flow);
            case "arp" -> arp(relation, flow);
            case "ethertype" -> etherType(relation, flow);
            case "flowlabel6" -> labelled(relation, flow);
            default -> null;
        };
        return frame == null ? null : frame.build();
    }

    static FrameBuilder ethernetIp(FlowSample flow) {
        return ip(FrameBuilder.ethernet(), flow);
    }

    static FrameBuilder udp(FrameBuilder frame, FlowSample flow) {
        return frame.udp(flow.sourcePort(), flow.destinationPort()).payload(PAYLOAD);
    }

    private static FrameBuilder tcp(FrameBuilder frame, FlowSample flow, int flags) {
        return frame.tcp(flow.sourcePort(), flow.destinationPort(), flags);
    }

    private static FrameBuilder ip(FrameBuilder frame, FlowSample flow) {
        return flow.source().version() == 4
                ? frame.ipv4((int) flow.source().low(), (int) flow.destination().low())
                : frame.ipv6(flow.source(), flow.destination(), 0);
    }

    private static FrameBuilder swapped(String relation, FlowSample flow) {
        FlowSample changed = switch (relation) {
            case "original" -> flow;
            case "addrs+ports swapped" -> flow.addressesSwapped().portsSwapped();
            case "ports swapped only" -> flow.portsSwapped();
            case "addrs swapped only" -> flow.addressesSwapped();
            default -> null;
        };
        return changed == null ? null : udp(ethernetIp(changed), changed);
    }

    private static FrameBuilder variation(String relation, FlowSample flow) {
        Matcher more = PAYLOAD_MORE.matcher(relation);
        Matcher ttl = TTL.matcher(relation);
        Matcher tos = TOS.matcher(relation);
        Matcher ident = IDENT.matcher(relation);
        Matcher options = IP_OPTIONS.matcher(relation);
        FrameBuilder frame = ethernetIp(flow);
        if (more.matches()) {
            return udp(frame, flow).payload(Integer.parseInt(more.group(1)));
        } else if (ttl.matches()) {
            return udp(frame.ipv4Fields(0, 0, Integer.parseInt(ttl.group(1))), flow);
        } else if (tos.matches()) {
            return udp(frame.ipv4Fields(Integer.parseInt(tos.group(1), 16), 0, 64), flow);
        } else if (ident.matches()) {
            return udp(frame.ipv4Fields(0, Integer.parseInt(ident.group(1)), 64), flow);
        } else if (options.matches()) {
            return udp(frame.options(Integer.parseInt(options.group(1)) - 5), flow);
        }
        return switch (relation) {
            case "original" -> udp(frame, flow);
            case "DF" -> udp(frame.fragment(FrameBuilder.DONT_FRAGMENT), flow);
            case "proto tcp instead of udp" -> tcp(frame, flow, PacketHeaders.TCP_SYN);
            case "proto tcp, ACK" -> tcp(frame, flow, PacketHeaders.TCP_ACK);
            default -> null;
        };
    }

    private static FrameBuilder tagged(String relation, FlowSample flow) {
        FrameBuilder frame = FrameBuilder.ethernet();
        Matcher vid = VID.matcher(relation);
        Matcher qinq = QINQ.matcher(relation);
        if (vid.matches()) {
            int priority = vid.group(3) == null ? 0 : Integer.parseInt(vid.group(3)) << PRIORITY_SHIFT;
            int tpid = vid.group(1) == null ? EtherType.VLAN : EtherType.PROVIDER_VLAN;
            frame.vlan(tpid, priority | Integer.parseInt(vid.group(2)));
        } else if (qinq.matches()) {
            frame.vlan(EtherType.PROVIDER_VLAN, Integer.parseInt(qinq.group(1)));
            frame.vlan(EtherType.VLAN, Integer.parseInt(qinq.group(2)));
        } else if (!relation.equals("untagged")) {
            return null;
        }
        return udp(ip(frame, flow), flow);
    }

    private static FrameBuilder tunnelled(String relation, FlowSample flow) {
        Matcher greKey = GRE_KEY.matcher(relation);
        FlowSample inner = flow.inner();
        if (greKey.matches()) {
            return udp(ip(ethernetIp(flow).greKey(Integer.parseInt(greKey.group(1))), inner), inner);
        }
        return switch (relation) {
            case "inner packet alone" -> udp(ethernetIp(inner), inner);
            case "ipip" -> udp(ip(ethernetIp(flow), inner), inner);
            case "ipip other outer source" -> {
                FlowSample otherSource = flow.withAddresses(inner.destination(), flow.destination());
                yield udp(ip(ethernetIp(otherSource), inner), inner);
            }
            case "gre" -> udp(ip(ethernetIp(flow).gre(0), inner), inner);
            case "vxlan (udp 4789->4789)" -> udp(ip(ethernetIp(flow).vxlan(VXLAN_PORT, 1), inner), inner);
            case "plain udp 4789->4789" -> udp(ethernetIp(flow), flow.withPorts(VXLAN_PORT, VXLAN_PORT));
            default -> null;
        };
    }

    private static FrameBuilder otherProtocol(String relation, FlowSample flow) {
        Matcher numbered = NUMBERED.matcher(relation);
        if (!numbered.matches()) {
            return null;
        }
        int number = Integer.parseInt(numbered.group(2));
        FrameBuilder frame = ethernetIp(flow);
        return switch (numbered.group(1)) {
            case "icmp echo id" -> frame.icmpEcho(number).payload(PAYLOAD);
            case "esp spi" -> frame.esp(number).payload(PAYLOAD);
            case "sctp sport" ->
                frame.ports(IpProtocol.SCTP, number, SCTP_DESTINATION_PORT).payload(PAYLOAD);
            default -> frame.protocol(number).payload(PAYLOAD);
        };
    }

    private static FrameBuilder arp(String relation, FlowSample flow) {
        boolean first = relation.equals("arp");
        if (!first && !relation.equals("arp other sender address") && !relation.startsWith("arp sender ")) {
            return null;
        }
        FlowSample sender = first ? flow : flow.inner();
        return FrameBuilder.ethernet()
                .arp((int) sender.source().low(), (int) flow.destination().low());
    }

    private static FrameBuilder etherType(String relation, FlowSample flow) {
        Matcher etherType = ETHER_TYPE.matcher(relation);
        return etherType.matches()
                ? FrameBuilder.ethernet()
                        .etherType(Integer.parseInt(etherType.group(1), 16))
                        .put(flow.sourcePort(), 2)
                        .payload(PAYLOAD)
                : null;
    }

    private static FrameBuilder labelled(String relation, FlowSample flow) {
        Matcher label = FLOW_LABEL.matcher(relation);
        if (!label.matches()) {
            return null;
        }
        FlowSample ports = label.group(2) == null ? flow : flow.otherPorts();
        FrameBuilder frame =
                FrameBuilder.ethernet().ipv6(flow.source(), flow.destination(), Integer.decode(label.group(1)));
        return udp(frame, ports);
    }
}
