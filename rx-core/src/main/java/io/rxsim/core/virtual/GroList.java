package io.rxsim.core.virtual;

import io.rxsim.core.kernel.KernelRules;
import io.rxsim.core.kernel.Rule;
import io.rxsim.core.run.Arrival;

/**
 * The packets that one NAPI instance holds back to merge those of a flow that follow one another ({@code dev_gro_receive}, {@code
 * skb_gro_receive}, {@code tcp_gro_receive}; net/core/gro.c and net/ipv4/tcp_offload.c, 6.18; net/core/dev.c, 2.6.35).
 *
 * <p>A segment joins the one before it of its flow, up to less than 64 KiB of IP packet. One that does not follow sends what is
 * held up the stack and is held itself. One with PSH goes up at once, with all before it. 6.18 holds up to eight flows in each of
 * eight buckets of the flow hash, and the oldest goes up for a ninth; 2.6.35 holds eight in all, and a ninth passes by. Everything
 * goes up when the poll finds the ring empty. After a full poll, 6.18 sends up everything, or with 1000 ticks per second what is
 * held since an earlier tick; 2.6.35 nothing.
 *
 * <p>Deviations: only segments of streams are merged, all of one size; whatever else arrives (a request has PSH, UDP is not
 * merged by default) passes by. Packets that pass by go up one by one, not in batches of eight. The bound on page fragments of
 * 2.6.35 is not modelled. One thread.
 */
final class GroList {
    private static final int MAX_IP_BYTES = 65_536;
    private static final int LINK_HEADER = 14;
    private static final int BUCKETS = 8;
    private static final int HELD = 8;

    private final PacketPool pool;
    private final int bucketMask;
    private final boolean flushesFullPoll;
    private final boolean onlyOld;
    private final long tickNs;
    private final int[] held = new int[BUCKETS * HELD];
    private final long[] heldNs = new long[BUCKETS * HELD];
    private final int[] count = new int[BUCKETS];
    private final PacketFifo ready;

    GroList(PacketPool pool, KernelRules rules, int hz) {
        this.pool = pool;
        boolean buckets = rules.has(Rule.GRO_BUCKETS);
        bucketMask = buckets ? BUCKETS - 1 : 0;
        flushesFullPoll = buckets;
        onlyOld = hz >= 1000;
        tickNs = 1_000_000_000L / hz;
        ready = new PacketFifo(pool);
    }

    /** Packets that are done waiting and go up the stack, in this order. */
    PacketFifo ready() {
        return ready;
    }

    /** Takes a packet from the driver. */
    void receive(int packet, long nowNs) {
        if (pool.segment[packet] == Arrival.NO_SEGMENT) {
            ready.add(packet);
            return;
        }
        final int bucket = pool.hash[packet] & bucketMask;
        final int place = find(bucket, pool.flow[packet]);
        if (place >= 0) {
            final int head = held[bucket * HELD + place];
            if (follows(head, packet)) {
                pool.merge(head, packet);
                if (pool.push[packet]) {
                    complete(bucket, place);
                }
                return;
            }
            complete(bucket, place);
        }
        if (pool.push[packet]) {
            ready.add(packet);
        } else {
            hold(bucket, packet, nowNs);
        }
    }

    private int find(int bucket, int flow) {
        for (int place = count[bucket] - 1; place >= 0; place--) {
            if (pool.flow[held[bucket * HELD + place]] == flow) {
                return place;
            }
        }
        return -1;
    }

    private boolean follows(int head, int packet) {
        final int segments = pool.segments[head];
        final int bytes = pool.lengthBytes[head] - LINK_HEADER + (segments - 1) * pool.payloadBytes[head];
        return pool.segment[packet] == pool.segment[head] + segments
                && bytes + pool.payloadBytes[packet] < MAX_IP_BYTES;
    }

    private void hold(int bucket, int packet, long nowNs) {
        if (count[bucket] == HELD) {
            if (bucketMask == 0) {
                ready.add(packet);
                return;
            }
            complete(bucket, 0);
        }
        final int at = bucket * HELD + count[bucket]++;
        held[at] = packet;
        heldNs[at] = nowNs;
    }

    private void complete(int bucket, int place) {
        final int first = bucket * HELD;
        ready.add(held[first + place]);
        final int behind = --count[bucket] - place;
        System.arraycopy(held, first + place + 1, held, first + place, behind);
        System.arraycopy(heldNs, first + place + 1, heldNs, first + place, behind);
    }

    /** The poll found the ring empty: everything goes up, oldest of each bucket first. */
    void flush() {
        for (int bucket = 0; bucket <= bucketMask; bucket++) {
            while (count[bucket] > 0) {
                complete(bucket, 0);
            }
        }
    }

    /** The poll used its weight. */
    void onFullPoll(long nowNs) {
        if (!flushesFullPoll) {
            return;
        }
        for (int bucket = 0; bucket <= bucketMask; bucket++) {
            while (count[bucket] > 0 && (!onlyOld || heldNs[bucket * HELD] / tickNs != nowNs / tickNs)) {
                complete(bucket, 0);
            }
        }
    }
}
