package io.rxsim.steering.live;

import io.rxsim.core.live.LiveHost;
import io.rxsim.core.live.LivePacket;
import io.rxsim.core.live.LiveSocket;
import io.rxsim.core.live.RxQueue;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;

/** Producers of a test: each queue has its own flows, every flow a hash, a socket and a sequence that counts up. */
final class Traffic {
    /** Packets between two interrupts. */
    private static final int BATCH = 16;

    private final LiveHost<Long> host;
    private final List<LiveSocket<Long>> sockets;
    private final int flowsPerQueue;
    private final boolean lossless;

    /**
     * Traffic for a host.
     *
     * @param sockets flow f belongs to socket f modulo their number
     * @param lossless whether a producer waits for room in its ring; otherwise it counts a loss and goes on
     */
    Traffic(LiveHost<Long> host, List<LiveSocket<Long>> sockets, int flowsPerQueue, boolean lossless) {
        this.host = host;
        this.sockets = sockets;
        this.flowsPerQueue = flowsPerQueue;
        this.lossless = lossless;
    }

    static int hashOf(int flow) {
        int hash = (flow + 1) * 0x9e3779b1;
        return hash == 0 ? 1 : hash ^ hash >>> 15;
    }

    /** Sends so many packets over every queue, one thread each, and waits for the threads. */
    void send(int packetsPerQueue) throws InterruptedException {
        inParallel(number -> produce(number, new int[flowsPerQueue], packetsPerQueue));
    }

    /** Sends bursts over every queue until a time, with a pause after each. */
    void sendUntil(long endNs, int burst, long pauseNs) throws InterruptedException {
        inParallel(number -> {
            int[] sequences = new int[flowsPerQueue];
            while (System.nanoTime() - endNs < 0) {
                produce(number, sequences, burst);
                LockSupport.parkNanos(pauseNs);
            }
        });
    }

    private void inParallel(IntConsumer body) throws InterruptedException {
        List<Thread> producers = new ArrayList<>();
        for (int queue = 0; queue < host.machine().nic().queues(); queue++) {
            final int number = queue;
            Thread producer = new Thread(() -> body.accept(number), "producer-" + queue);
            producers.add(producer);
            producer.start();
        }
        for (Thread producer : producers) {
            producer.join();
        }
    }

    @SuppressWarnings("ThreadPriorityCheck") // A producer without room lets others run.
    private void produce(int number, int[] sequences, int packets) {
        RxQueue<Long> queue = host.queue(number);
        for (int i = 0; i < packets; i++) {
            LivePacket<Long> packet = queue.next();
            while (packet == null && lossless && host.isAccepting()) {
                queue.interrupt();
                Thread.yield();
                packet = queue.next();
            }
            if (packet == null && !host.isAccepting()) {
                break;
            }
            int local = i % flowsPerQueue;
            int sequence = sequences[local]++;
            if (packet == null) {
                queue.dropped(1);
                Thread.yield();
                continue;
            }
            packet.flow = number * flowsPerQueue + local;
            packet.direction = 0;
            packet.sequence = sequence;
            packet.hash = hashOf(packet.flow);
            packet.lengthBytes = 64;
            packet.message = null;
            packet.socket = sockets.isEmpty() ? null : sockets.get(packet.flow % sockets.size());
            packet.arrivedNs = System.nanoTime();
            queue.publish();
            if (i % BATCH == 0) {
                queue.interrupt();
            }
        }
        queue.interrupt();
    }
}
