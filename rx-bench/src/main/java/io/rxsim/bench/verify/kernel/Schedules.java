package io.rxsim.bench.verify.kernel;

import java.util.SplittableRandom;

/**
 * The orders of calls that configurations use. CPU 0 is the one whose backlog is held up, CPU 1 the one from which that is done. All are
 * the same in every run; what differs is when their packets get there, which the trace tells.
 */
final class Schedules {
    private static final int HELD = 0;
    private static final int FREE = 1;
    private static final int SEED = 4;
    private static final int BLOCKERS = 120;
    private static final int BLOCKERS_BEHIND = 50;
    private static final int BLOCKERS_BEFORE = 6;

    private Schedules() {}

    /** Every flow from every CPU in turn. Nobody receives until the end. */
    static Configuration.Schedule everyCpu(int flows, int rounds) {
        return traffic -> {
            for (int round = 0; round < rounds; round++) {
                for (int flow = 0; flow < flows; flow++) {
                    for (int cpu = 0; cpu < traffic.cpus(); cpu++) {
                        traffic.packet(flow, cpu);
                    }
                }
            }
        };
    }

    /**
     * Random flows from random CPUs.
     *
     * @param recvPercent of the packets are followed by a recv, on a random CPU
     */
    static Configuration.Schedule wander(int flows, int packets, int recvPercent) {
        return traffic -> {
            SplittableRandom random = new SplittableRandom(SEED);
            for (int i = 0; i < packets; i++) {
                int flow = random.nextInt(flows);
                traffic.packet(flow, random.nextInt(traffic.cpus()));
                if (random.nextInt(100) < recvPercent) {
                    traffic.await(flow);
                    traffic.recv(flow, random.nextInt(traffic.cpus()));
                }
            }
        };
    }

    /** Each flow's application stays on its CPU for some packets, then moves on. */
    static Configuration.Schedule follow(int flows, int rounds, int stay) {
        return traffic -> {
            for (int round = 0; round < rounds; round++) {
                for (int flow = 0; flow < flows; flow++) {
                    int home = (flow + round) % traffic.cpus();
                    for (int i = 0; i < stay; i++) {
                        traffic.packet(flow, (flow + i) % traffic.cpus());
                        traffic.await(flow);
                        traffic.recv(flow, home);
                    }
                }
            }
        };
    }

    /** Several packets at once, from one CPU, then a recv on the next. */
    static Configuration.Schedule bursts(int flows, int rounds, int packets) {
        return traffic -> {
            for (int round = 0; round < rounds; round++) {
                for (int flow = 0; flow < flows; flow++) {
                    int cpu = (flow + round) % traffic.cpus();
                    traffic.send(flow, cpu, packets);
                    traffic.await(flow);
                    traffic.recv(flow, (cpu + round / 2) % traffic.cpus());
                }
            }
        };
    }

    /** One thread receives for all flows; it is moved from CPU to CPU. */
    static Configuration.Schedule movedThread(int flows, int moves) {
        return traffic -> {
            for (int move = 0; move < moves; move++) {
                traffic.moveFirstReceiver(move % traffic.cpus());
                for (int flow = 0; flow < flows; flow++) {
                    traffic.packet(flow, FREE);
                    traffic.await(flow);
                    traffic.recv(flow, 0);
                }
            }
            traffic.moveFirstReceiver(0);
        };
    }

    /**
     * Flows whose packets wait behind a blocker on CPU 0 are consumed on CPU 1: their next packets are held, until all is drained. Needs a
     * map that leads the blockers to CPU 0.
     */
    static Configuration.Schedule held(int flows, int rounds) {
        return traffic -> {
            traffic.joinGroup();
            for (int round = 0; round < rounds; round++) {
                settle(traffic, flows, HELD);
                traffic.block(FREE, BLOCKERS);
                for (int flow = 0; flow < flows; flow++) {
                    traffic.send(flow, FREE, 1);
                    traffic.recv(flow, FREE);
                    traffic.send(flow, FREE, 1 + flow % 3);
                }
                awaitAll(traffic, flows);
                settle(traffic, flows, FREE);
            }
        };
    }

    /**
     * One flow's packets wait behind a blocker on CPU 0, and all flows are consumed on CPU 1: the others move at once, but those that
     * share a slot with the one.
     */
    static Configuration.Schedule heldByOther(int flows, int rounds) {
        return traffic -> {
            traffic.joinGroup();
            for (int round = 0; round < rounds; round++) {
                settle(traffic, flows, HELD);
                int first = round % flows;
                traffic.block(FREE, BLOCKERS);
                for (int i = 0; i < flows; i++) {
                    int flow = (first + i) % flows;
                    if (i == 0) {
                        traffic.send(flow, FREE, 1);
                    }
                    traffic.recv(flow, FREE);
                    traffic.send(flow, FREE, 1);
                }
                awaitAll(traffic, flows);
                settle(traffic, flows, FREE);
            }
        };
    }

    /**
     * A packet that was received already, by a poll that has not returned yet, or has: blockers before it and behind it make the poll
     * long, and the number of packets per poll decides.
     */
    static Configuration.Schedule headAdvance(int flows, int rounds) {
        return traffic -> {
            traffic.joinGroup();
            for (int round = 0; round < rounds; round++) {
                settle(traffic, flows, HELD);
                int flow = round % flows;
                traffic.block(FREE, BLOCKERS_BEFORE);
                traffic.send(flow, FREE, 1);
                traffic.block(FREE, BLOCKERS_BEHIND);
                traffic.catchData(flow, FREE);
                traffic.send(flow, FREE, 1);
                traffic.send(flow, FREE, 1);
                for (int other = 0; other < flows; other++) {
                    traffic.send(other, FREE, 1);
                }
                awaitAll(traffic, flows);
                settle(traffic, flows, FREE);
            }
        };
    }

    /** All flows are consumed on a CPU, and their packets go there. */
    private static void settle(TestTraffic traffic, int flows, int cpu) {
        for (int i = 0; i < 2; i++) {
            for (int flow = 0; flow < flows; flow++) {
                traffic.packet(flow, FREE);
                traffic.await(flow);
                traffic.recv(flow, cpu);
            }
        }
    }

    private static void awaitAll(TestTraffic traffic, int flows) {
        for (int flow = 0; flow < flows; flow++) {
            traffic.await(flow);
        }
    }
}
