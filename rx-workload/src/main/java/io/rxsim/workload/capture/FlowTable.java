package io.rxsim.workload.capture;

import io.rxsim.core.packet.EtherType;
import io.rxsim.core.packet.FlowKey;
import io.rxsim.core.packet.IpAddress;
import io.rxsim.core.packet.PacketHeaders;
import java.util.Arrays;
import java.util.Locale;

/**
 * Numbers the flows of a capture: packets of both directions of a connection get one dense number, from 0 up in order of first
 * appearance.
 *
 * <p>A packet with ports (TCP, UDP, UDP-Lite, DCCP, SCTP) belongs to the flow of its two endpoints, address and port. Any
 * other IP packet, ESP, ICMP and fragments among them, belongs to the flow of its two addresses, its protocol, and its SPI
 * where it has one. Packets without IP share one flow per ether type. Tunnels are looked into, as {@link PacketHeaders} are.
 *
 * <p>At most {@code maxFlows} are kept. A further one closes the flow that was seen least recently and takes its number with
 * the next generation. Deviation from a host, which would keep an idle connection: memory has to be bounded, and what is
 * closed is counted.
 *
 * <p>Memory: 41 bytes per IPv4 flow and 73 per IPv6 flow at a million flows; for a moment 4 more per flow when the index
 * doubles, and once 8 more when the first flow is closed. No other allocation unless the number of flows grows. One thread.
 * Nothing depends on an iteration order.
 */
public final class FlowTable {
    /** Default of {@code maxFlows}. */
    public static final int DEFAULT_MAX_FLOWS = 1_000_000;

    /** Largest {@code maxFlows}. */
    public static final int MAX_FLOWS_LIMIT = 1 << 26;

    /** Value of {@link #closed()} when the lookup closed no flow. */
    public static final int NONE = -1;

    private static final int INITIAL_INDEX = 1024;
    private static final int ID_BITS = 26;

    /** A stamp and a number fit into a positive long. */
    private static final long MAX_SEQUENCE = 1L << (63 - ID_BITS);

    private final int maxFlows;
    private final FlowStore flows = new FlowStore();
    private final SortedTuple key = new SortedTuple();

    /** Open addressing with linear probing: number of the flow + 1, or 0. At most half full. */
    private int[] index = new int[INITIAL_INDEX];

    private int size;

    /** Lookups so far; stamped on flows until the list takes over. */
    private long sequence;

    /** The flows are in a list from newest to oldest. */
    private boolean linked;

    private int newest = NONE;
    private int oldest = NONE;
    private boolean created;
    private int closed = NONE;
    private int direction;
    private long closedCount;

    /**
     * An empty table.
     *
     * @param maxFlows flows kept at most, 1 to {@link #MAX_FLOWS_LIMIT}
     */
    public FlowTable(int maxFlows) {
        if (maxFlows < 1 || maxFlows > MAX_FLOWS_LIMIT) {
            throw new IllegalArgumentException("maxFlows=" + maxFlows + " is outside 1.." + MAX_FLOWS_LIMIT);
        }
        this.maxFlows = maxFlows;
    }

    /**
     * Finds or makes the flow of a packet and marks it as the most recently seen.
     *
     * @param headers the dissected packet
     * @return number of the flow, 0 to {@code maxFlows - 1}
     */
    public int lookup(PacketHeaders headers) {
        key.set(headers);
        closed = NONE;
        int at = key.hash & index.length - 1;
        for (int entry = index[at]; entry != 0; entry = index[at]) {
            if (flows.matches(entry - 1, key)) {
                return seen(entry - 1);
            }
            at = at + 1 & index.length - 1;
        }
        return create();
    }

    /**
     * Tells whether the last lookup made the flow.
     *
     * @return true for the first packet of a flow, or of one that was closed since
     */
    public boolean created() {
        return created;
    }

    /**
     * Returns the flow that the last lookup closed to make room; its number is that of the flow it made.
     *
     * @return a number, or {@link #NONE}
     */
    public int closed() {
        return closed;
    }

    /**
     * Returns the direction of the packet of the last lookup.
     *
     * @return 0 for that of the flow's first packet, 1 for the answers
     */
    public int direction() {
        return direction;
    }

    /**
     * Tells how often the number of a flow was given to another.
     *
     * @param id number of a flow that a lookup returned
     * @return 0 for the first flow of this number
     */
    public int generation(int id) {
        return flows.get(checked(id), FlowStore.GENERATION);
    }

    /**
     * Returns how many flows were closed to make room.
     *
     * @return a count
     */
    public long closedCount() {
        return closedCount;
    }

    /**
     * Returns how many flows are kept.
     *
     * @return 0 to {@code maxFlows}; all numbers below it are in use
     */
    public int size() {
        return size;
    }

    /**
     * Writes a flow as on the command line, in the direction of its first packet.
     *
     * @param id number of a flow that a lookup returned
     * @return a FLOW such as {@code tcp:10.0.0.1:1234>10.0.0.2:80}; ports are 0 for fragments; {@code arp} or
     *     {@code ethertype-0x88cc} without IP
     */
    public String describe(int id) {
        int meta = flows.get(checked(id), FlowStore.META);
        int word = flows.get(id, FlowStore.WORD);
        if ((meta & (SortedTuple.IPV4 | SortedTuple.IPV6)) == 0) {
            return word == EtherType.ARP ? "arp" : String.format(Locale.ROOT, "ethertype-0x%04x", word);
        }
        boolean swapped = (meta & FlowStore.FIRST_SWAPPED) != 0;
        if (swapped && (meta & SortedTuple.HAS_PORTS) != 0) {
            word = Integer.rotateLeft(word, 16);
        }
        return new FlowKey(meta & SortedTuple.PROTOCOL_MASK, address(id, swapped), address(id, !swapped), word)
                .toString();
    }

    private IpAddress address(int id, boolean upper) {
        return new IpAddress(flows.isIpv6(id) ? 6 : 4, flows.addressHigh(id, upper), flows.addressLow(id, upper));
    }

    private int checked(int id) {
        if (id < 0 || id >= size) {
            throw new IllegalArgumentException("id=" + id + " is outside 0.." + (size - 1));
        }
        return id;
    }

    private int seen(int id) {
        created = false;
        boolean firstSwapped = (flows.get(id, FlowStore.META) & FlowStore.FIRST_SWAPPED) != 0;
        direction = firstSwapped == key.swapped ? 0 : 1;
        if (!linked) {
            stamp(id);
        } else if (id != newest) {
            unlink(id);
            linkNewest(id);
        }
        return id;
    }

    private int create() {
        int id;
        if (size == maxFlows) {
            linkAll();
            id = oldest;
            removeFromIndex(id);
            flows.remove(id);
            unlink(id);
            flows.set(id, FlowStore.GENERATION, flows.get(id, FlowStore.GENERATION) + 1);
            closed = id;
            closedCount++;
        } else {
            id = size++;
            flows.reserve(id);
            if (size > index.length / 2) {
                growIndex();
            }
        }
        flows.put(id, key);
        addToIndex(id);
        if (linked) {
            linkNewest(id);
        } else {
            stamp(id);
        }
        created = true;
        direction = 0;
        return id;
    }

    private void addToIndex(int id) {
        int at = flows.get(id, FlowStore.HASH) & index.length - 1;
        while (index[at] != 0) {
            at = at + 1 & index.length - 1;
        }
        index[at] = id + 1;
    }

    /** Doubles the index; the newest flow, which has no key yet, is added by the caller. */
    private void growIndex() {
        index = new int[index.length * 2];
        for (int id = 0; id < size - 1; id++) {
            addToIndex(id);
        }
    }

    /** Removes an entry and moves back those behind it that could no longer be reached across the gap. */
    private void removeFromIndex(int id) {
        int mask = index.length - 1;
        int gap = flows.get(id, FlowStore.HASH) & mask;
        while (index[gap] != id + 1) {
            gap = gap + 1 & mask;
        }
        for (int at = gap + 1 & mask; index[at] != 0; at = at + 1 & mask) {
            int home = flows.get(index[at] - 1, FlowStore.HASH) & mask;
            if ((at - home & mask) >= (at - gap & mask)) {
                index[gap] = index[at];
                gap = at;
            }
        }
        index[gap] = 0;
    }

    /** Notes when a flow was seen, in the flow's own record: a list would touch those of its neighbours. */
    private void stamp(int id) {
        flows.set(id, FlowStore.NEWER, (int) (sequence >>> 32));
        flows.set(id, FlowStore.OLDER, (int) sequence);
        if (++sequence == MAX_SEQUENCE) {
            linkAll();
        }
    }

    /** Makes the list once, when the first flow has to be closed. */
    private void linkAll() {
        if (linked) {
            return;
        }
        linked = true;
        long[] order = new long[size];
        for (int id = 0; id < size; id++) {
            long seen = (long) flows.get(id, FlowStore.NEWER) << 32 | (flows.get(id, FlowStore.OLDER) & 0xffff_ffffL);
            order[id] = seen << ID_BITS | id;
        }
        Arrays.sort(order);
        for (long entry : order) {
            linkNewest((int) entry & (MAX_FLOWS_LIMIT - 1));
        }
    }

    private void unlink(int id) {
        int newer = flows.get(id, FlowStore.NEWER);
        int older = flows.get(id, FlowStore.OLDER);
        if (newer == NONE) {
            newest = older;
        } else {
            flows.set(newer, FlowStore.OLDER, older);
        }
        if (older == NONE) {
            oldest = newer;
        } else {
            flows.set(older, FlowStore.NEWER, newer);
        }
    }

    private void linkNewest(int id) {
        flows.set(id, FlowStore.NEWER, NONE);
        flows.set(id, FlowStore.OLDER, newest);
        if (newest == NONE) {
            oldest = id;
        } else {
            flows.set(newest, FlowStore.NEWER, id);
        }
        newest = id;
    }
}
