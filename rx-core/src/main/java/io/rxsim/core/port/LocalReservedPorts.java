package io.rxsim.core.port;

import java.util.Arrays;

/**
 * {@code net.ipv4.ip_local_reserved_ports} of one network namespace: ports that the kernel never chooses by itself. Binding to one
 * explicitly is allowed, and sockets that have one keep it.
 *
 * <p>Source: kernel/sysctl.c {@code proc_do_large_bitmap}, 6.18; grammar and cuts at {@link PortListParser}. A write is all or
 * nothing. At file position 0 it replaces the set, further on it adds to it; of no bytes, it does nothing; of newlines
 * only, it empties the set. 2.6.35 has one set for all namespaces: there, give them the same object. One thread.
 */
public final class LocalReservedPorts {
    /** Bytes of one write that the kernel looks at; of a longer one it takes some and answers how many. */
    public static final int MAX_WRITE = PortListParser.MAX_WRITE;

    private final PortSet ports = new PortSet();

    /**
     * One {@code write(2)}.
     *
     * @param text the bytes
     * @param position the file's position before it
     * @return how many bytes were taken
     * @throws PortListException EINVAL: nothing changed, and the position stays
     */
    public int write(byte[] text, long position) {
        if (text.length == 0) {
            return 0;
        }
        PortListParser parser = new PortListParser(text);
        final int taken = parser.parse();
        if (position == 0) {
            ports.set(parser.ports());
        } else {
            ports.addAll(parser.ports());
        }
        return taken;
    }

    /**
     * Writes a text on one open file from its start, again and again with the rest, as {@code cat} does.
     *
     * @return how many writes it took
     * @throws PortListException EINVAL of one of them, with the column in the whole text; the writes before it hold
     */
    public int writeAll(byte[] text) {
        int writes = 0;
        int position = 0;
        do {
            try {
                position += write(Arrays.copyOfRange(text, position, text.length), position);
            } catch (PortListException e) {
                throw new PortListException(position + e.column(), e.getMessage());
            }
            writes++;
        } while (position < text.length);
        return writes;
    }

    /** Whether a port is reserved. */
    public boolean contains(int port) {
        return ports.contains(port);
    }

    /** A copy of the set. */
    public PortSet ports() {
        return ports.copy();
    }

    /** The set itself, for those that search ports. */
    PortSet live() {
        return ports;
    }

    /** Takes over a set. */
    public void set(PortSet others) {
        ports.set(others);
    }

    /** What {@code read(2)} gives at position 0 to a buffer that holds it: the normal form and a newline. */
    public String read() {
        return ports + "\n";
    }

    /**
     * One {@code read(2)}.
     *
     * @param size bytes of the caller's buffer
     * @param position the file's position
     * @return what it gives: all that fits at position 0, nothing further on, so that a longer list is cut
     */
    public String read(int size, long position) {
        String text = read();
        return position > 0 ? "" : text.substring(0, Math.min(size, text.length()));
    }
}
