package io.rxsim.core.run;

import io.rxsim.core.xfrm.EspArrival;

/**
 * One packet reaching the NIC, as a source describes it. Reused: the engine copies what it keeps.
 *
 * <p>Plain fields, since source and engine exchange one of these per packet and nothing else touches it.
 */
public final class Arrival {
    /** {@link #rxQueue}: the NIC chooses by RSS. */
    public static final int BY_RSS = -1;

    /** {@link #cpu}: the CPU of the queue's interrupt. */
    public static final int BY_IRQ = -1;

    /** {@link #segment}: the packet is no segment of a stream. */
    public static final int NO_SEGMENT = -1;

    /** Virtual time at the NIC in nanoseconds, never before the previous arrival's. */
    public long timeNs;

    /** Dense number of the connection, from 0. Both directions have the same. */
    public int flow;

    /** Which direction of the connection: 0 or 1. */
    public int direction;

    /** How often {@link #flow} was given to a new connection before; a packet of an older one finds no socket. */
    public int generation;

    /** Number of this packet in its direction of its flow, from 0. */
    public int sequence;

    /** The kernel's flow hash, u32; 0 is none. */
    public int hash;

    /** The NIC's RSS hash, u32. */
    public int rssHash;

    /** Length on the wire in bytes, link header included. */
    public int lengthBytes;

    /** Payload that a recv copies, in bytes; a packet without payload wakes nobody. */
    public int payloadBytes;

    /** Whether a socket receives it; ESP, ICMP, ARP and fragments have none here. */
    public boolean socket;

    /** Whether no socket listens at the destination: the packet is lost after its protocol processing. */
    public boolean closedPort;

    /** Number of this segment in the stream of its connection, or {@link #NO_SEGMENT}; a repetition has that of the lost one. */
    public int segment = NO_SEGMENT;

    /** Whether the segment has PSH. */
    public boolean push;

    /** RX queue, or {@link #BY_RSS}. */
    public int rxQueue = BY_RSS;

    /** CPU that takes the packet in, or {@link #BY_IRQ}; a veth's packets arrive on the sender's CPU. */
    public int cpu = BY_IRQ;

    /** Whether it is ESP for this host, as {@link #inside} says. */
    public boolean esp;

    /** What an ESP packet holds. */
    public final EspArrival inside = new EspArrival();

    /** Protocol time on top of the host profile's, in nanoseconds: a datagram that many sockets receive, say. */
    public long protocolExtraNs;

    /** Makes this the same packet as another. */
    public void copy(Arrival from) {
        timeNs = from.timeNs;
        flow = from.flow;
        direction = from.direction;
        generation = from.generation;
        sequence = from.sequence;
        hash = from.hash;
        rssHash = from.rssHash;
        lengthBytes = from.lengthBytes;
        payloadBytes = from.payloadBytes;
        socket = from.socket;
        closedPort = from.closedPort;
        segment = from.segment;
        push = from.push;
        rxQueue = from.rxQueue;
        cpu = from.cpu;
        protocolExtraNs = from.protocolExtraNs;
        esp = from.esp;
        if (esp) {
            inside.copy(from.inside);
        }
    }
}
