package io.rxsim.bench.verify;

import io.rxsim.core.packet.FrameBuilder;
import io.rxsim.core.packet.IpProtocol;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Builds the fragments that the recordings describe in words, as {@link RecordedFrames} does for everything else. */
final class RecordedFragments {
    private static final int PAYLOAD = 24;
    private static final Pattern IPV4 =
            Pattern.compile("(first|middle|last) fragment(?: MF=([01]) off=(\\d{1,4}))?(, other ports|, proto tcp)?");

    private RecordedFragments() {}

    /** An IPv4 fragment, or the whole datagram; null if the words are not known. */
    static FrameBuilder ipv4(String relation, FlowSample flow) {
        if (relation.equals("unfragmented")) {
            return RecordedFrames.udp(RecordedFrames.ethernetIp(flow), flow);
        }
        Matcher words = IPV4.matcher(relation);
        if (!words.matches()) {
            return null;
        }
        boolean first = words.group(1).equals("first");
        boolean last = words.group(1).equals("last");
        boolean more = words.group(2) == null ? !last : words.group(2).equals("1");
        int offset = words.group(3) != null ? Integer.parseInt(words.group(3)) : first ? 0 : last ? 6 : 3;
        FrameBuilder frame =
                RecordedFrames.ethernetIp(flow).fragment((more ? FrameBuilder.MORE_FRAGMENTS : 0) | offset);
        if (first) {
            boolean otherPorts = ", other ports".equals(words.group(4));
            return RecordedFrames.udp(frame, otherPorts ? flow.otherPorts() : flow);
        }
        boolean tcp = ", proto tcp".equals(words.group(4));
        return middleOfADatagram(frame.protocol(tcp ? IpProtocol.TCP : IpProtocol.UDP), flow);
    }

    /** An IPv6 fragment, or the whole datagram; null if the words are not known. */
    static FrameBuilder ipv6(String relation, FlowSample flow) {
        FrameBuilder frame = RecordedFrames.ethernetIp(flow);
        return switch (relation) {
            case "unfragmented" -> RecordedFrames.udp(frame, flow);
            case "first fragment" -> RecordedFrames.udp(frame.fragmentHeader(0, true), flow);
            case "atomic fragment" -> RecordedFrames.udp(frame.fragmentHeader(0, false), flow);
            case "middle fragment" ->
                middleOfADatagram(frame.fragmentHeader(3, true).protocol(IpProtocol.UDP), flow);
            case "last fragment" ->
                middleOfADatagram(frame.fragmentHeader(6, false).protocol(IpProtocol.UDP), flow);
            default -> null;
        };
    }

    /** Bytes that are no header, though they differ where ports would be. */
    private static FrameBuilder middleOfADatagram(FrameBuilder frame, FlowSample flow) {
        return frame.put(flow.inner().sourcePort(), 2)
                .put(flow.inner().destinationPort(), 2)
                .payload(PAYLOAD);
    }
}
