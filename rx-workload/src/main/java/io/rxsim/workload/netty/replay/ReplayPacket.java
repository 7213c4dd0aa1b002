package io.rxsim.workload.netty.replay;

/** One packet of a replay, as its header states it. Reused; plain fields, one thread. */
public final class ReplayPacket {
    /** Number of the flow, from 0. */
    public int flow;
    /** Direction of the flow, 0 or 1. */
    public int direction;
    /** Number of the packet in its direction of its flow, from 0. */
    public int sequence;
    /** Flow hash of the captured packet, u32. */
    public int hash;
    /** RSS hash of the captured packet, u32. */
    public int rssHash;
    /** Length of the captured packet on its wire, bytes. */
    public int lengthBytes;
    /** Number of the sending socket, from 0; flows of one socket share a modelled one. */
    public int socketNumber;
    /** Whether a socket receives the packet. */
    public boolean socket;
    /** When it is due, nanoseconds from the start of the run. */
    public long deadlineNs;
}
