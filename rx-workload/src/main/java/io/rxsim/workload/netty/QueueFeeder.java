package io.rxsim.workload.netty;

import io.netty.channel.EventLoop;
import io.rxsim.core.live.LivePacket;
import io.rxsim.core.live.RxQueue;

/**
 * One event loop and the RX queue that it alone fills. A socket of the loop hands in what it has read; the queue's interrupt follows once per
 * batch. Event loop only.
 */
final class QueueFeeder {
    final EventLoop loop;
    private final RxQueue<Inbound> queue;

    QueueFeeder(EventLoop loop, RxQueue<Inbound> queue) {
        this.loop = loop;
        this.queue = queue;
    }

    /** Puts a packet into the ring; false if the ring is full or the host is stopping. */
    boolean offer(LiveFlow flow, int sequence, Inbound inbound) {
        final LivePacket<Inbound> packet = queue.next();
        if (packet == null) {
            return false;
        }
        packet.flow = flow.number;
        packet.direction = flow.direction;
        packet.sequence = sequence;
        packet.hash = flow.hash;
        packet.lengthBytes = inbound.bytes().readableBytes();
        packet.arrivedNs = System.nanoTime();
        packet.message = inbound;
        packet.socket = flow.socket;
        queue.publish();
        return true;
    }

    /** The batch is in the ring. */
    void interrupt() {
        queue.interrupt();
    }

    /** A datagram was given up because the ring was full. */
    void dropped() {
        queue.dropped(1);
    }
}
