package io.rxsim.bench.verify.kernel;

import io.rxsim.bench.verify.trace.TraceEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The packets of a trace, from {@code netif_rx} to the end of the poll that processed them, matched by the address of their buffer. One
 * thread.
 *
 * <p>A backlog is first in, first out, and a poll ends before the next one of its CPU begins, so that the packets a CPU received since its
 * last poll belong to the poll that ends now. While a softirq runs, nothing else but an interrupt runs on its CPU: the last event of that
 * CPU before the end of the poll is an event of the poll's last packet.
 */
final class TraceIndex {
    private final List<TraceEvent> events;
    private final List<TracedPacket> packets = new ArrayList<>();
    private final Map<Integer, Mark> marks = new HashMap<>();
    private final List<Integer> foreignCalls = new ArrayList<>();

    private final Map<String, TracedPacket> byAddress = new HashMap<>();
    private final Map<Integer, TracedPacket> steeredNow = new HashMap<>();
    private final Map<Integer, List<TracedPacket>> inPoll = new HashMap<>();
    private final Map<Integer, Integer> lastEvent = new HashMap<>();

    /** Reads a trace. */
    TraceIndex(List<TraceEvent> events) {
        this.events = events;
        Set<Integer> ourTasks = new HashSet<>();
        for (int at = 0; at < events.size(); at++) {
            Mark mark = Mark.of(events.get(at));
            if (mark != null) {
                marks.put(at, mark);
                ourTasks.add(events.get(at).task());
            }
        }
        FlowRegister flows = new FlowRegister();
        for (int at = 0; at < events.size(); at++) {
            TraceEvent event = events.get(at);
            Mark mark = marks.get(at);
            if (mark != null && (mark.call() == Mark.Call.SEND || mark.call() == Mark.Call.CONNECT)) {
                flows.onCall(mark.flow());
            }
            onEvent(at, event, flows);
            if (event.name().endsWith("_length") && !ourTasks.contains(event.task())) {
                foreignCalls.add(at);
            }
            lastEvent.put(event.cpu(), at);
        }
    }

    private void onEvent(int at, TraceEvent event, FlowRegister flows) {
        switch (event.name()) {
            case "netif_rx_entry" -> {
                TracedPacket packet = new TracedPacket(at, event);
                if (packet.hasHash) {
                    packet.flow = flows.flow(packet.toReceiver, packet.hash);
                }
                packets.add(packet);
                byAddress.put(event.required("skbaddr"), packet);
                steeredNow.put(event.cpu(), packet);
            }
            case "netif_rx_exit" -> {
                TracedPacket packet = steeredNow.remove(event.cpu());
                if (packet != null) {
                    packet.queued = at;
                    packet.accepted = event.number("ret") == 0;
                }
            }
            case "netif_receive_skb" -> {
                TracedPacket packet = byAddress.remove(event.required("skbaddr"));
                if (packet != null) {
                    packet.received = at;
                    packet.actualCpu = event.cpu();
                    inPoll.computeIfAbsent(event.cpu(), cpu -> new ArrayList<>())
                            .add(packet);
                }
            }
            case "napi_poll" -> {
                if (event.isBacklogPoll()) {
                    onPollReturned(at, event.cpu());
                }
            }
            default -> {}
        }
    }

    private void onPollReturned(int at, int cpu) {
        List<TracedPacket> polled = inPoll.remove(cpu);
        if (polled != null) {
            for (TracedPacket packet : polled) {
                packet.gone = lastEvent.get(cpu);
                packet.pollReturned = at;
            }
        }
    }

    /** Number of events. */
    int size() {
        return events.size();
    }

    /** The event at a moment. */
    TraceEvent event(int at) {
        return events.get(at);
    }

    /** The packets in the order in which they were taken in. */
    List<TracedPacket> packets() {
        return packets;
    }

    /** The mark at a moment, or null. */
    Mark mark(int at) {
        return marks.get(at);
    }

    /** Moments at which a process that is not ours had received or sent on an IP socket, in order. */
    List<Integer> foreignCalls() {
        return foreignCalls;
    }
}
