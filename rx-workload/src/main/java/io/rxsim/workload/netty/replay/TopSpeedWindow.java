package io.rxsim.workload.netty.replay;

import io.rxsim.core.run.Arrival;
import io.rxsim.core.run.Load;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Without deadlines a packet is sent whenever fewer than {@link Load#WINDOW} are inside, as in the virtual engine, and their bytes leave half of
 * the receive buffer free, so that nothing is lost for want of room. A datagram that was lost all the same is given up when nothing moves.
 * One thread.
 */
final class TopSpeedWindow {
    private static final long STALL_NS = 50_000_000;
    private static final long NAP_NS = 20_000;
    private static final int YIELDS = 200;

    /** What a datagram's buffer takes in the kernel beside its bytes. */
    private static final int OVERHEAD_BYTES = 1024;

    private final ReplayTarget target;
    private final int receiveBufferBytes;
    private final BooleanSupplier stopped;
    private long sent;
    private long givenUp;

    TopSpeedWindow(ReplayTarget target, int receiveBufferBytes, BooleanSupplier stopped) {
        this.target = target;
        this.receiveBufferBytes = receiveBufferBytes;
        this.stopped = stopped;
    }

    /** Waits for room and takes it; false if stopped. */
    @SuppressWarnings("ThreadPriorityCheck") // Room comes within microseconds, from threads that may need this CPU.
    boolean await(Arrival packet) {
        int most = receiveBufferBytes / (2 * (packet.lengthBytes + OVERHEAD_BYTES));
        int room = Math.max(1, Math.min(Load.WINDOW, most));
        long finished = target.finished();
        long sinceNs = System.nanoTime();
        for (int looks = 0; sent - givenUp - finished >= room; looks++) {
            if (stopped.getAsBoolean()) {
                return false;
            }
            if (looks < YIELDS) {
                Thread.yield();
            } else {
                LockSupport.parkNanos(NAP_NS);
            }
            long now = target.finished();
            if (now != finished) {
                finished = now;
                sinceNs = System.nanoTime();
            } else if (System.nanoTime() - sinceNs > STALL_NS) {
                givenUp = sent - finished;
            }
        }
        sent++;
        return !stopped.getAsBoolean();
    }
}
