package io.rxsim.bench.verify.kernel;

import io.rxsim.bench.ports.ProcFile;
import io.rxsim.bench.report.Csv;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.Channel;
import java.nio.channels.DatagramChannel;
import java.nio.channels.FileChannel;
import java.nio.channels.NetworkChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * Asks the kernel for ports in the network namespace of this process and writes what it gave in the form of the recordings that {@code
 * rx verify recorded} reads. The process ends with its sockets; nothing outside its namespace is touched. One thread.
 */
final class PortRecorder {
    private static final Path RANGE = Path.of("/proc/sys/net/ipv4/ip_local_port_range");
    private static final Path RESERVED = Path.of("/proc/sys/net/ipv4/ip_local_reserved_ports");
    private static final int SERVER_PORT = 50_001;
    private static final int LOW = 40_000;
    private static final int HIGH = 40_019;
    private static final String RANGE_TEXT = LOW + "-" + HIGH;
    private static final String BEFORE = "8080,9000-9002";
    private static final String SOME_RESERVED = "40003,40010-40012";
    private static final int TRIALS = 400;
    private static final int CONNECTS = 120;
    private static final int MOST_PORTS = 60;
    private static final List<String> LISTS = List.of(
            "1",
            "0",
            "65535",
            "65536",
            "5-3",
            "5-",
            "-5",
            ",5",
            "5,",
            "5,,6",
            " 5",
            "5 ",
            "0x10-0x20",
            "08",
            "1-3\n7",
            "\n",
            "",
            "1,2\n,3",
            "00000000000000000077",
            "0000000000000000000077",
            "1,x",
            "1-2,2-3,3",
            "1000,".repeat(819),
            "1000,".repeat(819) + "1",
            "\n".repeat(5000),
            "1000,".repeat(900) + "zz");

    private final Path folder;

    private PortRecorder(Path folder) {
        this.folder = folder;
    }

    /** Records everything into a folder. */
    static void record(Path folder) throws IOException {
        PortRecorder recorder = new PortRecorder(folder);
        recorder.writes();
        write(RANGE, LOW + " " + HIGH);
        recorder.exhaustion();
        recorder.connects();
        recorder.firstChoices();
    }

    private static int write(Path file, String text) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            return channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1)));
        }
    }

    private void keep(String name, List<List<?>> rows) throws IOException {
        StringBuilder text = new StringBuilder();
        rows.forEach(row -> text.append(Csv.line(row)));
        Files.writeString(folder.resolve(name + ".csv"), text);
    }

    private void writes() throws IOException {
        List<List<?>> rows = new ArrayList<>();
        rows.add(List.of("before", "mode", "input_repr", "ret", "errno", "readback", "replayable"));
        for (String list : LISTS) {
            write(RESERVED, BEFORE);
            int ret;
            String errno = "";
            try {
                ret = write(RESERVED, list);
            } catch (IOException e) {
                ret = -1;
                errno = String.valueOf(e.getMessage()).contains("Invalid argument") ? "EINVAL" : e.getMessage();
            }
            rows.add(List.of(BEFORE, "write", repr("b", list), ret, errno, repr("", ProcFile.read(RESERVED)), 1));
        }
        write(RESERVED, "\n");
        keep("ports_reserved_writes", rows);
    }

    private static String repr(String prefix, String text) {
        return prefix + "'" + text.replace("\n", "\\n") + "'";
    }

    private void exhaustion() throws IOException {
        List<List<?>> rows = new ArrayList<>();
        rows.add(List.of("range", "reserved", "op", "final_errno", "ports_in_order"));
        for (String reserved : List.of("", SOME_RESERVED)) {
            write(RESERVED, reserved + "\n");
            for (String operation : List.of(
                    "tcp bind", "tcp bind lo", "tcp bind reuseaddr", "tcp bind reuseport", "udp bind", "udp bind lo")) {
                rows.add(untilRefused(operation, reserved));
            }
        }
        keep("ports_exhaustion", rows);
    }

    private static List<?> untilRefused(String operation, String reserved) throws IOException {
        List<Channel> open = new ArrayList<>();
        List<String> ports = new ArrayList<>();
        String end = "none after " + MOST_PORTS;
        try {
            while (ports.size() < MOST_PORTS) {
                NetworkChannel channel = socket(operation);
                open.add(channel);
                channel.bind(new InetSocketAddress(operation.endsWith(" lo") ? loopback() : null, 0));
                ports.add(String.valueOf(port(channel)));
            }
        } catch (BindException e) {
            end = errno(e);
        } finally {
            for (Channel channel : open) {
                channel.close();
            }
        }
        return List.of(RANGE_TEXT, reserved, operation, end, String.join(" ", ports));
    }

    private static InetAddress loopback() throws IOException {
        return InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    }

    private static NetworkChannel socket(String operation) throws IOException {
        NetworkChannel channel = operation.startsWith("udp") ? DatagramChannel.open() : SocketChannel.open();
        if (operation.endsWith("reuseaddr")) {
            channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
        }
        if (operation.endsWith("reuseport")) {
            channel.setOption(StandardSocketOptions.SO_REUSEPORT, true);
        }
        return channel;
    }

    private static int port(NetworkChannel channel) throws IOException {
        return ((InetSocketAddress) channel.getLocalAddress()).getPort();
    }

    private static String errno(BindException e) {
        return String.valueOf(e.getMessage()).contains("Cannot assign") ? "EADDRNOTAVAIL" : "EADDRINUSE";
    }

    /** A connection that a reset ends, so that its port is free at once; its port. */
    private static int connectAndReset(ServerSocketChannel server) throws IOException {
        try (SocketChannel client = SocketChannel.open()) {
            client.setOption(StandardSocketOptions.SO_LINGER, 0);
            client.connect(server.getLocalAddress());
            final int port = port(client);
            server.accept().close();
            return port;
        }
    }

    private static ServerSocketChannel server() throws IOException {
        return ServerSocketChannel.open().bind(new InetSocketAddress(loopback(), SERVER_PORT));
    }

    private void connects() throws IOException {
        List<List<?>> rows = new ArrayList<>();
        rows.add(List.of("experiment", "range", "reserved", "rep", "i", "dst", "port"));
        write(RESERVED, SOME_RESERVED);
        try (ServerSocketChannel server = server()) {
            for (int i = 0; i < CONNECTS; i++) {
                final int port = connectAndReset(server);
                rows.add(List.of("closed with RST each time", RANGE_TEXT, SOME_RESERVED, 0, i, 0, port));
            }
        }
        keep("ports_connect_sequence", rows);
    }

    private void firstChoices() throws IOException {
        List<List<?>> rows = new ArrayList<>();
        rows.add(List.of("range", "reserved", "op", "port", "times"));
        try (ServerSocketChannel server = server()) {
            for (String reserved : List.of("", SOME_RESERVED)) {
                write(RESERVED, reserved + "\n");
                for (String operation : List.of("tcp bind", "tcp bind reuseaddr", "tcp connect", "udp bind")) {
                    int[] times = firstChoices(operation, server);
                    for (int i = 0; i < times.length; i++) {
                        rows.add(List.of(RANGE_TEXT, reserved, operation, LOW + i, times[i]));
                    }
                }
            }
        }
        keep("ports_first_choice", rows);
    }

    private static int[] firstChoices(String operation, ServerSocketChannel server) throws IOException {
        int[] times = new int[HIGH - LOW + 1];
        for (int trial = 0; trial < TRIALS; trial++) {
            if (operation.equals("tcp connect")) {
                times[connectAndReset(server) - LOW]++;
                continue;
            }
            try (NetworkChannel channel = socket(operation)) {
                channel.bind(new InetSocketAddress(0));
                times[port(channel) - LOW]++;
            }
        }
        return times;
    }
}
