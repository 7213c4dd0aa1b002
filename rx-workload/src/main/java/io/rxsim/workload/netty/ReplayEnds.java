package io.rxsim.workload.netty;

import io.netty.channel.Channel;
import io.rxsim.core.live.Receiver;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;

/** The modelled sockets of a replay, one per real socket that sends, each made when its first datagram comes. Event loops. */
final class ReplayEnds {
    private final AtomicReferenceArray<LiveFlow> ends;
    private final List<Receiver<Inbound>> receivers;
    private final int socketPackets;

    /**
     * Ends that receivers share in turn.
     *
     * @param most sockets that may send
     * @param socketPackets packets that a modelled socket holds
     */
    ReplayEnds(List<Receiver<Inbound>> receivers, int most, int socketPackets) {
        this.receivers = receivers;
        this.ends = new AtomicReferenceArray<>(most);
        this.socketPackets = socketPackets;
    }

    /** The end of a number, or null if no sender has such a number. */
    LiveFlow of(int number, Channel channel) {
        if (number < 0 || number >= ends.length()) {
            return null;
        }
        LiveFlow end = ends.get(number);
        return end == null ? open(number, channel) : end;
    }

    /** Both directions of a flow may come over two loops at once. */
    private synchronized LiveFlow open(int number, Channel channel) {
        LiveFlow end = ends.get(number);
        if (end == null) {
            Receiver<Inbound> receiver = receivers.get(number % receivers.size());
            end = new LiveFlow(number, 0, 0, receiver.open(socketPackets), channel, new int[2]);
            ends.set(number, end);
        }
        return end;
    }
}
