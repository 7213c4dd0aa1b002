package io.rxsim.bench.ports;

import io.rxsim.bench.scenario.BadInputException;
import io.rxsim.core.kernel.KernelRules;
import io.rxsim.core.port.LocalPortRange;
import io.rxsim.core.port.PortSet;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Port settings, listeners and connections of a running host, from procfs (proc(5): /proc/sys/net/ipv4, /proc/net/tcp, tcp6, udp,
 * udp6). One snapshot; any thread.
 *
 * @param range ip_local_port_range
 * @param reserved ip_local_reserved_ports
 * @param settings other settings that matter, by sysctl name; those that the host lacks are absent
 * @param listening TCP ports that are listened on, and UDP ports that are bound without a peer
 * @param atRisk those of them in the range and not reserved: a service that restarts may find its port taken
 * @param destinations connections out of the range, TIME_WAIT included, of the busiest destinations
 * @param timeWaits TCP connections in TIME_WAIT
 */
public record HostPorts(
        LocalPortRange range,
        PortSet reserved,
        Map<String, String> settings,
        PortSet listening,
        PortSet atRisk,
        List<Busy> destinations,
        long timeWaits) {
    private static final List<String> SETTINGS = List.of(
            "tcp_tw_reuse",
            "tcp_tw_reuse_delay",
            "tcp_max_tw_buckets",
            "tcp_timestamps",
            "ip_unprivileged_port_start",
            "ip_autobind_reuse");
    private static final int BUSIEST = 5;
    private static final int STATE_TIME_WAIT = 6;
    private static final int STATE_LISTEN = 10;
    private static final int STATE_UDP_UNCONNECTED = 7;
    private static final int MAX_LINES = 4_000_000;

    /**
     * A destination and how many connections to it hold a port of the range.
     *
     * @param remote address and port in procfs' hex, decoded for IPv4
     * @param connections TIME_WAIT included
     */
    public record Busy(String remote, int connections) {}

    /**
     * Reads a procfs.
     *
     * @param proc where it is mounted, {@code /proc} or a copy
     * @throws BadInputException if it has no port range, or a table is malformed
     */
    public static HostPorts read(Path proc) {
        Path ipv4 = proc.resolve("sys/net/ipv4");
        LocalPortRange range = new LocalPortRange(KernelRules.V6_18);
        PortSet reserved;
        try {
            range.write(bytes(text(ipv4.resolve("ip_local_port_range"))), 0);
            reserved = PortSet.parse(text(ipv4.resolve("ip_local_reserved_ports")));
        } catch (IllegalArgumentException e) {
            throw new BadInputException(ipv4 + ": " + e.getMessage());
        }
        Map<String, String> settings = new TreeMap<>();
        for (String name : SETTINGS) {
            if (Files.isReadable(ipv4.resolve(name))) {
                settings.put("net.ipv4." + name, text(ipv4.resolve(name)).strip());
            }
        }
        Sockets sockets = new Sockets(range);
        for (String table : List.of("tcp", "tcp6", "udp", "udp6")) {
            sockets.read(proc.resolve("net").resolve(table), table.startsWith("udp"));
        }
        PortSet atRisk = sockets.listening.within(range.low(), range.high());
        atRisk.removeAll(reserved);
        return new HostPorts(
                range, reserved, settings, sockets.listening, atRisk, sockets.busiest(), sockets.timeWaits);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static String text(Path file) {
        try {
            return ProcFile.read(file);
        } catch (IOException e) {
            throw new BadInputException(file + ": cannot be read: " + e.getMessage());
        }
    }

    /** The sockets of the tables, counted. */
    private static final class Sockets {
        private final LocalPortRange range;
        private final PortSet listening = new PortSet();
        private final Map<String, Integer> connections = new TreeMap<>();
        private long timeWaits;

        Sockets(LocalPortRange range) {
            this.range = range;
        }

        void read(Path table, boolean udp) {
            if (!Files.isReadable(table)) {
                return;
            }
            try (var lines = Files.lines(table)) {
                lines.skip(1)
                        .limit(MAX_LINES)
                        .forEach(line -> socket(table, line.strip().split("\\s+"), udp));
            } catch (IOException e) {
                throw new BadInputException(table + ": cannot be read: " + e.getMessage());
            }
        }

        /** Columns: number, local address:port, remote address:port, state, all but the first in hex. */
        private void socket(Path table, String[] columns, boolean udp) {
            try {
                final int local = port(columns[1]);
                final int state = Integer.parseInt(columns[3], 16);
                if (state == (udp ? STATE_UDP_UNCONNECTED : STATE_LISTEN)) {
                    listening.add(local, local);
                } else if (range.contains(local)) {
                    connections.merge(remote(columns[2]), 1, Integer::sum);
                }
                timeWaits += !udp && state == STATE_TIME_WAIT ? 1 : 0;
            } catch (ArrayIndexOutOfBoundsException | NumberFormatException e) {
                throw new BadInputException(table + ": is no socket table of procfs: " + String.join(" ", columns));
            }
        }

        private static int port(String address) {
            return Integer.parseInt(address.substring(address.lastIndexOf(':') + 1), 16);
        }

        private static String remote(String address) {
            final int port = port(address);
            final String hex = address.substring(0, address.lastIndexOf(':'));
            if (hex.length() != 8) {
                return "[" + hex + "]:" + port;
            }
            final int little = Integer.parseUnsignedInt(hex, 16);
            return (little & 255) + "." + (little >>> 8 & 255) + "." + (little >>> 16 & 255) + "." + (little >>> 24)
                    + ":" + port;
        }

        List<Busy> busiest() {
            List<Busy> all = new ArrayList<>();
            connections.forEach((remote, count) -> all.add(new Busy(remote, count)));
            all.sort((a, b) -> Integer.compare(b.connections(), a.connections()));
            return List.copyOf(all.subList(0, Math.min(BUSIEST, all.size())));
        }
    }
}
