package io.rxsim.core.live;

import java.lang.invoke.VarHandle;
import org.junit.jupiter.api.Test;

/**
 * The wake-up protocol under Lincheck's model checker, which runs a scenario's threads in every order that it has time for, and fails where
 * one waits for ever.
 */
public class WakeUpCheckTest {
    /** Packets of an appender. */
    private static final int PACKETS = 2;
    /** netdev_max_backlog: the input queue holds one more. */
    private static final int LIMIT = 1;

    /** Work that somebody else makes. */
    private static final class Work {
        private volatile int count;

        synchronized void add() {
            count++;
        }
    }

    @Test
    void shouldWakeASleeperWhoseWorkCameWhileItFellAsleep() {
        Orders.check(() -> {
            WatchedDoze doze = new WatchedDoze();
            Work work = new Work();
            Thread[] wakers = new Thread[2];
            for (int i = 0; i < wakers.length; i++) {
                wakers[i] = new Thread(() -> {
                    work.add();
                    doze.wake();
                });
                wakers[i].start();
            }
            int seen = work.count;
            int sleeps = 0;
            while (seen < wakers.length) {
                int before = seen;
                doze.sleep(() -> work.count > before, 0);
                sleeps++;
                seen = work.count;
            }
            Orders.require(doze.unparks() <= sleeps, "a sleep was ended twice");
        });
    }

    @Test
    void shouldInterruptACpuWhoseBacklogFillsWhileItFallsAsleepAndKeepEveryPacket() {
        Orders.check(() -> {
            WatchedDoze doze = new WatchedDoze();
            Backlog<String> backlog = new Backlog<>(LIMIT, LIMIT, 1, 0);
            int[] refused = new int[2];
            Thread[] appenders = new Thread[2];
            for (int i = 0; i < appenders.length; i++) {
                int flow = i;
                appenders[i] = new Thread(() -> refused[flow] = append(flow, backlog, doze));
                appenders[i].start();
            }
            int[] next = new int[2];
            int processed = 0;
            boolean ending = false;
            while (true) {
                if (backlog.napi.take()) {
                    processed += poll(backlog, next);
                } else if (ending) {
                    break;
                } else if (processed == 0) {
                    // At least one packet is accepted, and this CPU must hear of it.
                    doze.sleep(backlog.napi::isRaised, 0);
                } else {
                    Orders.join(appenders);
                    ending = true;
                }
            }
            Orders.require(backlog.length() == 0, "packets left without an interrupt");
            Orders.require(processed + refused[0] + refused[1] == 2 * PACKETS, "packets lost");
            Orders.require(backlog.longestInput() <= LIMIT + 1, "limit passed");
        });
    }

    /** A softirq thread that steers here, its actions of one packet each; packets refused. */
    private static int append(int flow, Backlog<String> backlog, Doze doze) {
        int refused = 0;
        for (int i = 0; i < PACKETS; i++) {
            long sequence = backlog.claim();
            if (sequence == PacketRing.REFUSED) {
                refused++;
                continue;
            }
            backlog.slot(sequence).flow = flow;
            backlog.slot(sequence).sequence = i;
            backlog.publish(sequence);
            VarHandle.fullFence();
            if (backlog.napi.raise()) {
                doze.wake();
            }
        }
        return refused;
    }

    /** {@code process_backlog} without weight: until it finds nothing at the second look. */
    private static int poll(Backlog<String> backlog, int[] next) {
        int processed = 0;
        do {
            while (backlog.splice() > 0) {
                LivePacket<String> packet = backlog.next();
                while (packet != null) {
                    Orders.require(packet.sequence >= next[packet.flow], "order of a flow");
                    next[packet.flow] = packet.sequence + 1;
                    processed++;
                    packet = backlog.next();
                }
                backlog.releaseProcessed();
            }
            backlog.napi.complete();
        } while (backlog.hasInput() && backlog.napi.list());
        return processed;
    }
}
