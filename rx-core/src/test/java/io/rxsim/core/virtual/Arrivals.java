package io.rxsim.core.virtual;

import io.rxsim.core.run.Arrival;
import io.rxsim.core.run.ArrivalSource;
import io.rxsim.core.xfrm.EspVerdict;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Packets listed one by one. A packet is UDP of 100 bytes with a payload of 58, of flow 0 and hash flow + 1. */
final class Arrivals {
    private final List<Arrival> packets = new ArrayList<>();
    private final List<Integer> sequences = new ArrayList<>();

    static Arrivals list() {
        return new Arrivals();
    }

    /** A packet of a flow that an application reads. */
    Arrivals at(long timeNs, int flow) {
        return at(timeNs, flow, packet -> {});
    }

    /** A packet that nobody reads: it ends with its protocol processing. */
    Arrivals bareAt(long timeNs, int flow) {
        return at(timeNs, flow, packet -> packet.payloadBytes = 0);
    }

    /** The same, taken in by a CPU of its own, as on a veth. */
    Arrivals bareAt(long timeNs, int flow, int cpu) {
        return at(timeNs, flow, packet -> {
            packet.payloadBytes = 0;
            packet.cpu = cpu;
        });
    }

    Arrivals at(long timeNs, int flow, Consumer<Arrival> as) {
        while (sequences.size() <= flow) {
            sequences.add(0);
        }
        Arrival packet = new Arrival();
        packet.timeNs = timeNs;
        packet.flow = flow;
        packet.sequence = sequences.get(flow);
        packet.hash = flow + 1;
        packet.rssHash = flow;
        packet.lengthBytes = 100;
        packet.payloadBytes = 58;
        packet.socket = true;
        as.accept(packet);
        sequences.set(flow, packet.sequence + 1);
        packets.add(packet);
        return this;
    }

    /**
     * An ESP packet of association {@code flow - 100}, with its next number, and inside it a packet of flow 0 to 99 that an
     * application reads.
     */
    Arrivals espAt(long timeNs, int flow, int innerFlow, Consumer<Arrival> as) {
        return at(timeNs, flow, packet -> {
            packet.socket = false;
            packet.payloadBytes = 0;
            packet.lengthBytes = 200;
            packet.esp = true;
            packet.inside.association = flow - 100;
            packet.inside.sequence = packet.sequence + 1;
            packet.inside.verdict = EspVerdict.DECRYPTED;
            packet.inside.cipherCalled = true;
            packet.inside.cipherBytes = 150;
            packet.inside.innerFlow = innerFlow;
            packet.inside.innerSequence = packet.sequence;
            packet.inside.innerHash = innerFlow + 1000;
            packet.inside.innerLengthBytes = 140;
            packet.inside.innerPayloadBytes = 98;
            packet.inside.innerSocket = true;
            as.accept(packet);
        });
    }

    /** A burst of {@code n} packets of one flow at one time. */
    Arrivals burst(int n, long timeNs, int flow) {
        for (int i = 0; i < n; i++) {
            at(timeNs, flow);
        }
        return this;
    }

    /** A burst that nobody reads. */
    Arrivals bareBurst(int n, long timeNs, int flow) {
        for (int i = 0; i < n; i++) {
            bareAt(timeNs, flow);
        }
        return this;
    }

    List<Arrival> packets() {
        return packets;
    }

    ArrivalSource open() {
        return new ArrivalSource() {
            private int next;

            @Override
            public boolean next(Arrival out) {
                if (next == packets.size()) {
                    return false;
                }
                out.copy(packets.get(next++));
                return true;
            }

            @Override
            public String describeFlow(int flow) {
                return "flow " + flow;
            }
        };
    }
}
