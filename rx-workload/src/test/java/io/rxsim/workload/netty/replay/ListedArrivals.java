package io.rxsim.workload.netty.replay;

import io.rxsim.core.run.Arrival;
import io.rxsim.core.run.ArrivalSource;
import java.util.ArrayList;
import java.util.List;

/** Packets that a test lists, numbered per direction of their flow. */
public final class ListedArrivals implements ArrivalSource {
    private final List<String> flows = new ArrayList<>();
    private final List<Arrival> packets = new ArrayList<>();
    private int next;

    /** The number of a flow, in the command line's syntax. */
    public int flow(String text) {
        if (!flows.contains(text)) {
            flows.add(text);
        }
        return flows.indexOf(text);
    }

    /** A packet without payload in the first direction of a flow. */
    public ListedArrivals packet(long timeNs, String flow, int lengthBytes) {
        return packet(timeNs, flow, 0, lengthBytes, 0);
    }

    /** A packet. */
    public ListedArrivals packet(long timeNs, String flow, int direction, int lengthBytes, int payloadBytes) {
        Arrival packet = new Arrival();
        packet.timeNs = timeNs;
        packet.flow = flow(flow);
        packet.direction = direction;
        packet.sequence = (int) packets.stream()
                .filter(other -> other.flow == packet.flow && other.direction == direction)
                .count();
        packet.hash = (packet.flow + 1) * 0x9e37_79b1;
        packet.rssHash = packet.flow;
        packet.lengthBytes = lengthBytes;
        packet.payloadBytes = payloadBytes;
        packet.socket = flow.startsWith("udp") || flow.startsWith("tcp");
        packets.add(packet);
        return this;
    }

    /** All packets. */
    public List<Arrival> packets() {
        return packets;
    }

    @Override
    public boolean next(Arrival out) {
        if (next == packets.size()) {
            return false;
        }
        out.copy(packets.get(next++));
        return true;
    }

    @Override
    public String describeFlow(int flow) {
        return flows.get(flow);
    }
}
