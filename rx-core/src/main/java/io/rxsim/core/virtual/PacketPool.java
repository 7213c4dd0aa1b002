package io.rxsim.core.virtual;

import io.rxsim.core.run.Arrival;
import java.util.Arrays;

/**
 * The packets inside the host, column by column; a packet is an index that is reused when it leaves.
 *
 * <p>Grows to the largest number ever inside at once, which ring, backlogs and receive buffers bound. One thread.
 */
final class PacketPool {
    /** No packet. */
    static final int NONE = -1;

    private static final int FIRST_CAPACITY = 1024;

    long[] arrivalNs;
    /** When the packet entered the stage it is in. */
    long[] stageNs;
    /** CPU time that was spent on the packet itself so far. */
    long[] serviceNs;

    long[] decision;
    long[] protocolExtraNs;
    int[] flow;
    int[] direction;
    int[] generation;
    int[] sequence;
    int[] hash;
    int[] rxQueue;
    int[] lengthBytes;
    int[] payloadBytes;
    /** CPU that touched the packet last. */
    int[] cpu;
    /** How many changes of steering had been made when the packet was steered: see {@link io.rxsim.core.run.OrderAudit}. */
    int[] epoch;

    /** Number of the segment in its stream, or {@link Arrival#NO_SEGMENT}. */
    int[] segment;
    /** Packets that this one is made of: 1, or more at the first of those that GRO merged. */
    int[] segments;
    /** The next packet that was merged with this one, or {@link #NONE}. */
    int[] merged;
    /** Of the first packet of several, the last. */
    int[] lastMerged;

    boolean[] push;
    boolean[] socket;
    boolean[] closedPort;
    boolean[] measured;
    /** Steered before its flow's socket had recorded a CPU. */
    boolean[] beforeEntry;
    /** The next packet of the list that holds this one. */
    int[] next;

    private int free = NONE;
    private int used;
    private int inside;

    PacketPool() {
        allocate(FIRST_CAPACITY);
    }

    /** Takes a packet in. */
    int admit(Arrival arrival, boolean isMeasured) {
        int packet = free;
        if (packet == NONE) {
            if (used == next.length) {
                allocate(used * 2);
            }
            packet = used++;
        } else {
            free = next[packet];
        }
        inside++;
        arrivalNs[packet] = arrival.timeNs;
        stageNs[packet] = arrival.timeNs;
        serviceNs[packet] = 0;
        protocolExtraNs[packet] = arrival.protocolExtraNs;
        flow[packet] = arrival.flow;
        direction[packet] = arrival.direction;
        generation[packet] = arrival.generation;
        sequence[packet] = arrival.sequence;
        hash[packet] = arrival.hash;
        lengthBytes[packet] = arrival.lengthBytes;
        payloadBytes[packet] = arrival.payloadBytes;
        socket[packet] = arrival.socket;
        closedPort[packet] = arrival.closedPort;
        segment[packet] = arrival.segment;
        push[packet] = arrival.push;
        segments[packet] = 1;
        merged[packet] = NONE;
        lastMerged[packet] = packet;
        measured[packet] = isMeasured;
        return packet;
    }

    /** Appends a packet to the one, or those, that it follows. */
    void merge(int first, int packet) {
        merged[lastMerged[first]] = packet;
        lastMerged[first] = packet;
        segments[first]++;
    }

    /** Length in bytes of a packet with all that was merged with it, one header only. */
    int allLengthBytes(int packet) {
        return lengthBytes[packet] + (segments[packet] - 1) * payloadBytes[packet];
    }

    /** Payload in bytes of a packet with all that was merged with it. */
    int allPayloadBytes(int packet) {
        return segments[packet] * payloadBytes[packet];
    }

    /** Lets a packet go. */
    void release(int packet) {
        inside--;
        next[packet] = free;
        free = packet;
    }

    /** Packets inside the host. */
    int inside() {
        return inside;
    }

    private void allocate(int capacity) {
        arrivalNs = grown(arrivalNs, capacity);
        stageNs = grown(stageNs, capacity);
        serviceNs = grown(serviceNs, capacity);
        decision = grown(decision, capacity);
        protocolExtraNs = grown(protocolExtraNs, capacity);
        flow = grown(flow, capacity);
        direction = grown(direction, capacity);
        generation = grown(generation, capacity);
        sequence = grown(sequence, capacity);
        hash = grown(hash, capacity);
        rxQueue = grown(rxQueue, capacity);
        lengthBytes = grown(lengthBytes, capacity);
        payloadBytes = grown(payloadBytes, capacity);
        cpu = grown(cpu, capacity);
        epoch = grown(epoch, capacity);
        next = grown(next, capacity);
        socket = grown(socket, capacity);
        closedPort = grown(closedPort, capacity);
        segment = grown(segment, capacity);
        push = grown(push, capacity);
        segments = grown(segments, capacity);
        merged = grown(merged, capacity);
        lastMerged = grown(lastMerged, capacity);
        measured = grown(measured, capacity);
        beforeEntry = grown(beforeEntry, capacity);
    }

    private static long[] grown(long[] column, int capacity) {
        return column == null ? new long[capacity] : Arrays.copyOf(column, capacity);
    }

    private static int[] grown(int[] column, int capacity) {
        return column == null ? new int[capacity] : Arrays.copyOf(column, capacity);
    }

    private static boolean[] grown(boolean[] column, int capacity) {
        return column == null ? new boolean[capacity] : Arrays.copyOf(column, capacity);
    }
}
