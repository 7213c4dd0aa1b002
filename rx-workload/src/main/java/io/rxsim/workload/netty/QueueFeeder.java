package io.rxsim.workload.netty;

import io.netty.channel.EventLoop;
import io.rxsim.core.live.LivePacket;
import io.rxsim.core.live.RxQueue;
import io.rxsim.workload.netty.replay.ReplayPacket;

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

    /** Puts a replayed packet into the ring, steered as its header says; false if the ring is full or the host is stopping. */
    boolean offer(ReplayPacket replayed, LiveFlow flow, Inbound inbound) {
        final LivePacket<Inbound> packet = queue.next();
        if (packet == null) {
            return false;
        }
        packet.flow = replayed.flow;
        packet.direction = replayed.direction;
        packet.sequence = replayed.sequence;
        packet.hash = replayed.hash;
        packet.lengthBytes = replayed.lengthBytes;
        packet.arrivedNs = System.nanoTime();
        packet.message = inbound;
        packet.socket = inbound == null ? null : flow.socket;
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
