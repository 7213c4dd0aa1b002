package io.rxsim.workload.netty;

import io.netty.channel.Channel;
import io.rxsim.core.live.LiveSocket;
import io.rxsim.core.live.Receiver;
import io.rxsim.core.packet.FlowHash;
import io.rxsim.core.packet.FlowKey;
import io.rxsim.core.packet.IpAddress;
import io.rxsim.core.packet.IpProtocol;
import io.rxsim.core.packet.PacketHeaders;
import io.rxsim.core.packet.RssHash;
import io.rxsim.workload.netty.replay.CapturedFlow;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Numbers, hashes and sockets of the flows of real traffic; bounded. A number is given again when its flow has ended, to the same receiver, and
 * goes on counting packets where it stopped, so that the order audit needs no word of it. Any thread.
 */
final class LiveFlows {
    private final List<Receiver<Inbound>> receivers;
    private final FlowHash flowHash;
    private final RssHash rssHash;
    private final int maxFlows;
    private final int socketPackets;
    private final PacketHeaders headers = new PacketHeaders();
    private final ArrayDeque<Numbered> free = new ArrayDeque<>();
    /** What connections from an address stand for, until they are accepted. */
    private final Map<InetSocketAddress, CapturedFlow> captured = new HashMap<>();

    private int numbers;
    private int open;

    /** A number that was in use, and where its directions stopped counting. */
    private record Numbered(int number, int[] nextSequence) {}

    LiveFlows(List<Receiver<Inbound>> receivers, FlowHash flowHash, RssHash rssHash, Limits limits) {
        this.receivers = receivers;
        this.flowHash = flowHash;
        this.rssHash = rssHash;
        this.maxFlows = limits.flows();
        this.socketPackets = limits.socketPackets();
    }

    /**
     * Bounds.
     *
     * @param flows open at once
     * @param connections accepted at once
     * @param socketPackets packets that a socket holds
     */
    record Limits(int flows, int connections, int socketPackets) {}

    /** A connection from an address will stand for a captured one, and be steered by that one's tuple. */
    synchronized void expect(InetSocketAddress from, CapturedFlow flow) {
        captured.put(from, flow);
    }

    /** The RX queue that RSS chooses for a connection. */
    synchronized int rssQueue(InetSocketAddress from, InetSocketAddress to, int queues) {
        CapturedFlow expected = captured.get(from);
        if (expected != null) {
            return expected.rxQueue();
        }
        key(IpProtocol.TCP, from, to).toHeaders(headers);
        // The indirection table's default: entry i is i modulo queues (ethtool_rxfh_indir_default).
        return (rssHash.hash(headers) & 127) % queues;
    }

    /** A new flow from its two ends, or null if too many are open. */
    synchronized LiveFlow open(int protocol, Channel channel, InetSocketAddress from, InetSocketAddress to) {
        if (open == maxFlows) {
            return null;
        }
        open++;
        CapturedFlow expected = captured.remove(from);
        if (expected != null) {
            return end(expected, channel);
        }
        Numbered given = free.isEmpty() ? new Numbered(numbers++, new int[2]) : free.remove();
        return end(given, 0, channel, key(protocol, from, to));
    }

    /** The other direction of a proxied connection: its packets come from the upstream server. */
    synchronized LiveFlow reverse(LiveFlow flow, Channel upstream) {
        Numbered given = new Numbered(flow.number, flow.given);
        InetSocketAddress from = (InetSocketAddress) upstream.remoteAddress();
        InetSocketAddress to = (InetSocketAddress) upstream.localAddress();
        LiveFlow reverse = end(given, 1, upstream, key(IpProtocol.TCP, from, to));
        reverse.other = flow;
        flow.other = reverse;
        return reverse;
    }

    private LiveFlow end(Numbered given, int direction, Channel channel, FlowKey key) {
        Receiver<Inbound> receiver = receivers.get(given.number % receivers.size());
        LiveSocket<Inbound> socket = receiver.open(socketPackets);
        LiveFlow flow = new LiveFlow(given.number, direction, flowHash.hash(key), socket, channel, given.nextSequence);
        key.toHeaders(headers);
        flow.key = key;
        flow.rssHash = rssHash.hash(headers);
        return flow;
    }

    /** Both directions of a captured connection have the same receiver. */
    private LiveFlow end(CapturedFlow expected, Channel channel) {
        Receiver<Inbound> receiver = receivers.get((expected.number() >>> 1) % receivers.size());
        LiveFlow flow = new LiveFlow(
                expected.number(),
                expected.direction(),
                expected.hash(),
                receiver.open(socketPackets),
                channel,
                expected.given());
        flow.stream = expected.stream();
        return flow;
    }

    /** A flow has ended: its socket is closed and its number free. Receiver thread. */
    synchronized void close(LiveFlow flow) {
        flow.socket.close();
        if (flow.partial != null) {
            flow.partial.release();
            flow.partial = null;
        }
        flow.ended = true;
        if (flow.other == null || flow.other.ended) {
            open--;
            if (flow.stream >= 0) {
                // Its number is the capture's.
                return;
            }
            free.add(new Numbered(flow.number, flow.given));
        }
    }

    private static FlowKey key(int protocol, InetSocketAddress from, InetSocketAddress to) {
        return new FlowKey(protocol, ip(from), ip(to), from.getPort() << 16 | to.getPort());
    }

    private static IpAddress ip(InetSocketAddress address) {
        InetAddress inet = address.getAddress();
        ByteBuffer bytes = ByteBuffer.wrap(inet.getAddress());
        return bytes.remaining() == 4
                ? IpAddress.ofIpv4(bytes.getInt())
                : IpAddress.ofIpv6(bytes.getLong(), bytes.getLong());
    }
}
