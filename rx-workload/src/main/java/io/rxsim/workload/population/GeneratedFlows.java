package io.rxsim.workload.population;

import io.rxsim.core.packet.FlowHash;
import io.rxsim.core.packet.FlowKey;
import io.rxsim.core.packet.IpAddress;
import io.rxsim.core.packet.IpProtocol;
import io.rxsim.core.packet.PacketHeaders;
import io.rxsim.core.packet.RssHash;
import io.rxsim.core.run.RandomStream;
import io.rxsim.core.run.RandomStreams;
import io.rxsim.workload.spec.PacketHashing;

/**
 * Flows from many clients to one server: UDP or TCP over IPv4, each with a client address of 10.0.0.0/8 and a port of Linux's default
 * range (ip_local_port_range 32768 to 60999), to port 9 (discard) of 192.0.2.1.
 *
 * <p>A flow's tuple comes from a stream of its own ({@code flows/flow-17}), so that more flows leave the first ones as they
 * are; a tuple that an earlier flow has is drawn again. Hashes are computed once. Immutable; any thread.
 */
public final class GeneratedFlows {
    /** Most flows. */
    public static final int MAX_FLOWS = 1 << 22;

    private static final int CLIENT_NET = 10 << 24;
    private static final int CLIENT_ADDRESSES = 1 << 24;
    private static final int FIRST_PORT = 32768;
    private static final int PORTS = 60999 - FIRST_PORT + 1;
    private static final IpAddress SERVER = IpAddress.parse("192.0.2.1");
    private static final int SERVER_PORT = 9;

    private final int protocol;
    private final int[] addresses;
    private final char[] ports;
    /** Per flow: the kernel's hash in the upper 32 bits, the NIC's in the lower; one cache line for both. */
    private final long[] hashes;

    /**
     * Draws and hashes the flows.
     *
     * @param flows how many, 1 to {@link #MAX_FLOWS}
     */
    public GeneratedFlows(int flows, PacketHashing hashing, long seed) {
        this(flows, IpProtocol.UDP, hashing, seed);
    }

    /**
     * Draws and hashes flows of a transport.
     *
     * @param flows how many, 1 to {@link #MAX_FLOWS}
     * @param protocol its IP protocol number
     */
    public GeneratedFlows(int flows, int protocol, PacketHashing hashing, long seed) {
        if (flows < 1 || flows > MAX_FLOWS) {
            throw new IllegalArgumentException("flows=" + flows + ", allowed is 1 to " + MAX_FLOWS);
        }
        this.protocol = protocol;
        addresses = new int[flows];
        ports = new char[flows];
        hashes = new long[flows];
        DrawnTuples drawn = new DrawnTuples(flows);
        FlowHash flowHash = hashing.flowHash();
        RssHash rssHash = hashing.rssHash();
        PacketHeaders headers = new PacketHeaders();
        for (int flow = 0; flow < flows; flow++) {
            RandomStream stream = RandomStreams.stream(seed, "flows/flow-" + flow);
            do {
                addresses[flow] = CLIENT_NET | stream.nextInt(CLIENT_ADDRESSES);
                ports[flow] = (char) (FIRST_PORT + stream.nextInt(PORTS));
            } while (!drawn.add((long) addresses[flow] << 16 | ports[flow]));
            FlowKey key = key(flow);
            key.toHeaders(headers);
            hashes[flow] = (long) flowHash.hash(key) << 32 | Integer.toUnsignedLong(rssHash.hash(headers));
        }
    }

    /** The number of flows. */
    public int count() {
        return addresses.length;
    }

    /** The kernel's hash of a flow, u32, never 0. */
    public int hash(int flow) {
        return (int) (hashes[flow] >>> 32);
    }

    /** The NIC's hash of a flow, u32. */
    public int rssHash(int flow) {
        return (int) hashes[flow];
    }

    /** A flow's tuple, client to server. */
    public FlowKey key(int flow) {
        return new FlowKey(protocol, IpAddress.ofIpv4(addresses[flow]), SERVER, ports[flow] << 16 | SERVER_PORT);
    }

    /** The set of tuples drawn so far: open addressing, at most half full; lives while flows are drawn. */
    private static final class DrawnTuples {
        private static final long SPREAD = 0x9e3779b97f4a7c15L;

        /** Address and port; no tuple is 0, since no client has address 0. */
        private final long[] slots;

        private final int shift;

        DrawnTuples(int flows) {
            int bits = Integer.SIZE - Integer.numberOfLeadingZeros(flows) + 1;
            slots = new long[1 << bits];
            shift = Long.SIZE - bits;
        }

        boolean add(long tuple) {
            int slot = (int) ((tuple * SPREAD) >>> shift);
            while (slots[slot] != 0) {
                if (slots[slot] == tuple) {
                    return false;
                }
                slot = slot + 1 & slots.length - 1;
            }
            slots[slot] = tuple;
            return true;
        }
    }
}
