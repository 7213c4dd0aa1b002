package io.rxsim.core.virtual;

import io.rxsim.core.run.Arrival;
import io.rxsim.core.xfrm.EspArrival;
import io.rxsim.core.xfrm.EspVerdict;
import java.util.Arrays;

/** What the pool's ESP packets hold, column by column, by the pool's indices. Grows with the largest index. One thread. */
final class EspPackets {
    /** Not an ESP packet, or not any more: what was inside stands in the pool. */
    private static final byte NONE = 0;

    /** {@link #step}: protocol receive. */
    static final byte FIRST = 0;
    /** Its submitter works on a job of padata. */
    static final byte INLINE = 1;
    /** Padata refused it, and its submitter decrypts it. */
    static final byte SYNCHRONOUS = 2;

    private static final byte STILL_ESP = 1;
    private static final byte PASSED = 2;
    private static final EspVerdict[] VERDICTS = EspVerdict.values();

    private final PacketPool pool;
    private byte[] state = new byte[0];
    private byte[] verdict;
    private byte[] step;
    private boolean[] cipherCalled;
    private int[] association;
    private int[] arrivalNumber;
    private int[] sequence;
    private int[] cipherBytes;
    private int[] flow;
    private int[] direction;
    private int[] generation;
    private int[] flowSequence;
    private int[] hash;
    private int[] lengthBytes;
    private int[] payloadBytes;
    private boolean[] socket;
    /** Time of the cipher in the step that is in progress. */
    private long[] cipherNs;

    EspPackets(PacketPool pool) {
        this.pool = pool;
        grow(1024);
    }

    /** The pool took a packet in. */
    void admit(int packet, Arrival arrival) {
        if (packet >= state.length) {
            grow(Math.max(packet + 1, state.length * 2));
        }
        state[packet] = arrival.esp ? STILL_ESP : NONE;
        if (!arrival.esp) {
            return;
        }
        final EspArrival inside = arrival.inside;
        verdict[packet] = (byte) inside.verdict.ordinal();
        cipherCalled[packet] = inside.cipherCalled;
        association[packet] = inside.association;
        sequence[packet] = inside.sequence;
        cipherBytes[packet] = inside.cipherBytes;
        flow[packet] = inside.innerFlow;
        direction[packet] = inside.innerDirection;
        generation[packet] = inside.innerGeneration;
        flowSequence[packet] = inside.innerSequence;
        hash[packet] = inside.innerHash;
        lengthBytes[packet] = inside.innerLengthBytes;
        payloadBytes[packet] = inside.innerPayloadBytes;
        socket[packet] = inside.innerSocket;
        cipherNs[packet] = 0;
        step[packet] = FIRST;
    }

    /** Whether a packet is ESP that nobody has decrypted yet. */
    boolean isEsp(int packet) {
        return state[packet] == STILL_ESP;
    }

    /** Whether a packet arrived as ESP. */
    boolean wasEsp(int packet) {
        return state[packet] != NONE;
    }

    EspVerdict verdict(int packet) {
        return VERDICTS[verdict[packet]];
    }

    /** The window refuses it, whatever the cipher says. */
    void replayed(int packet) {
        verdict[packet] = (byte) EspVerdict.REPLAYED.ordinal();
        cipherCalled[packet] = false;
    }

    boolean cipherCalled(int packet) {
        return cipherCalled[packet];
    }

    int association(int packet) {
        return association[packet];
    }

    /** Its place among the packets of its association, in order of arrival. */
    int arrivalNumber(int packet) {
        return arrivalNumber[packet];
    }

    void arrivalNumber(int packet, int number) {
        arrivalNumber[packet] = number;
    }

    int sequence(int packet) {
        return sequence[packet];
    }

    int cipherBytes(int packet) {
        return cipherBytes[packet];
    }

    int innerFlow(int packet) {
        return flow[packet];
    }

    byte step(int packet) {
        return step[packet];
    }

    void step(int packet, byte to) {
        step[packet] = to;
    }

    long cipherNs(int packet) {
        return cipherNs[packet];
    }

    void cipherNs(int packet, long ns) {
        cipherNs[packet] = ns;
    }

    /** The packet inside takes the place of the ESP packet; a dummy leaves it, without protection. */
    void decapsulate(int packet) {
        state[packet] = PASSED;
        if (flow[packet] == EspArrival.NOTHING_INSIDE) {
            return;
        }
        pool.flow[packet] = flow[packet];
        pool.direction[packet] = direction[packet];
        pool.generation[packet] = generation[packet];
        pool.sequence[packet] = flowSequence[packet];
        pool.hash[packet] = hash[packet];
        pool.lengthBytes[packet] = lengthBytes[packet];
        pool.payloadBytes[packet] = payloadBytes[packet];
        pool.socket[packet] = socket[packet];
    }

    private void grow(int capacity) {
        state = Arrays.copyOf(state, capacity);
        verdict = verdict == null ? new byte[capacity] : Arrays.copyOf(verdict, capacity);
        step = step == null ? new byte[capacity] : Arrays.copyOf(step, capacity);
        cipherCalled = grown(cipherCalled, capacity);
        association = grown(association, capacity);
        arrivalNumber = grown(arrivalNumber, capacity);
        sequence = grown(sequence, capacity);
        cipherBytes = grown(cipherBytes, capacity);
        flow = grown(flow, capacity);
        direction = grown(direction, capacity);
        generation = grown(generation, capacity);
        flowSequence = grown(flowSequence, capacity);
        hash = grown(hash, capacity);
        lengthBytes = grown(lengthBytes, capacity);
        payloadBytes = grown(payloadBytes, capacity);
        socket = grown(socket, capacity);
        cipherNs = cipherNs == null ? new long[capacity] : Arrays.copyOf(cipherNs, capacity);
    }

    private static int[] grown(int[] column, int capacity) {
        return column == null ? new int[capacity] : Arrays.copyOf(column, capacity);
    }

    private static boolean[] grown(boolean[] column, int capacity) {
        return column == null ? new boolean[capacity] : Arrays.copyOf(column, capacity);
    }
}
