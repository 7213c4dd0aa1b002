package io.rxsim.workload.netty.replay;

import io.netty.buffer.ByteBuf;
import io.rxsim.core.packet.FlowKey;
import io.rxsim.core.packet.IpAddress;
import java.nio.ByteBuffer;

/**
 * What stands in front of every replayed datagram, in network byte order: which packet of the capture it is, and how it is to be steered.
 *
 * <pre>
 *  0 magic 4 | version 2 | flags 1 | IP version 1 | run 8
 * 16 flow 4 | sequence in its direction of the flow 4 | flow hash 4 | RSS hash 4
 * 32 length of the packet 4 | socket 4 | protocol 1 | zero 3 | ports or SPI 4
 * 48 deadline 8 | source address 16 | destination address 16
 * </pre>
 *
 * <p>The run is a number drawn for each replay: datagrams of anybody else are not taken for its own. The deadline counts nanoseconds of
 * {@link System#nanoTime} from the start of the run. Stateless; any thread.
 */
public final class ReplayHeader {
    /** Bytes of a header. */
    public static final int BYTES = 88;

    /** Longest payload of a UDP datagram over IPv4. */
    public static final int MAX_DATAGRAM_BYTES = 65_507;

    /** Flag: the second direction of the flow. */
    static final int SECOND_DIRECTION = 1;

    /** Flag: a socket receives the packet, as it does TCP and UDP. */
    static final int SOCKET = 2;

    private static final int MAGIC = 0x7278_734c;
    private static final short VERSION = 1;
    private static final int RUN = 8;
    private static final int FLAGS = 6;
    private static final int FLOW = 16;
    private static final int SEQUENCE = 20;
    private static final int HASH = 24;
    private static final int LENGTH = 32;
    private static final int SOCKET_NUMBER = 36;
    /** Where the deadline is. */
    static final int DEADLINE = 48;

    private ReplayHeader() {}

    /** Writes the tuple of a flow in one direction; all zero for packets without IP. */
    static void putTuple(ByteBuffer out, FlowKey key, int direction) {
        IpAddress source = key == null ? null : direction == 0 ? key.source() : key.destination();
        IpAddress destination = key == null ? null : direction == 0 ? key.destination() : key.source();
        boolean swapPorts = key != null && direction == 1 && key.hasPorts();
        out.put(7, (byte) (key == null ? 0 : source.version()));
        out.put(40, (byte) (key == null ? 0 : key.protocol()));
        out.put(41, (byte) 0).putShort(42, (short) 0);
        out.putInt(44, key == null ? 0 : swapPorts ? Integer.rotateLeft(key.portsWord(), 16) : key.portsWord());
        out.putLong(56, key == null ? 0 : source.high()).putLong(64, key == null ? 0 : source.low());
        out.putLong(72, key == null ? 0 : destination.high()).putLong(80, key == null ? 0 : destination.low());
    }

    /** Writes all but the tuple. */
    static void putPacket(ByteBuffer out, long run, ReplayPacket packet) {
        out.putInt(0, MAGIC).putShort(4, VERSION);
        out.put(FLAGS, (byte) ((packet.direction == 1 ? SECOND_DIRECTION : 0) | (packet.socket ? SOCKET : 0)));
        out.putLong(RUN, run).putInt(FLOW, packet.flow).putInt(SEQUENCE, packet.sequence);
        out.putInt(HASH, packet.hash).putInt(28, packet.rssHash).putInt(LENGTH, packet.lengthBytes);
        out.putInt(SOCKET_NUMBER, packet.socketNumber).putLong(DEADLINE, packet.deadlineNs);
    }

    /**
     * Reads a datagram.
     *
     * @param run of this replay
     * @param out takes what it says
     * @return false if it is none of this replay; {@code out} is then unchanged
     */
    public static boolean read(ByteBuf in, long run, ReplayPacket out) {
        int at = in.readerIndex();
        if (in.readableBytes() < BYTES
                || in.getInt(at) != MAGIC
                || in.getShort(at + 4) != VERSION
                || in.getLong(at + RUN) != run) {
            return false;
        }
        int flags = in.getByte(at + FLAGS);
        out.direction = flags & SECOND_DIRECTION;
        out.socket = (flags & SOCKET) != 0;
        out.flow = in.getInt(at + FLOW);
        out.sequence = in.getInt(at + SEQUENCE);
        out.hash = in.getInt(at + HASH);
        out.lengthBytes = in.getInt(at + LENGTH);
        out.socketNumber = in.getInt(at + SOCKET_NUMBER);
        out.deadlineNs = in.getLong(at + DEADLINE);
        return true;
    }

    /** The deadline in a header that was read before. */
    public static long deadlineNs(ByteBuf in) {
        return in.getLong(in.readerIndex() + DEADLINE);
    }
}
