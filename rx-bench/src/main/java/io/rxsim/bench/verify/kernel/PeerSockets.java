package io.rxsim.bench.verify.kernel;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.DatagramChannel;
import java.nio.channels.FileChannel;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The sockets of one end and what can be done with them, by commands of words. Calls that record a CPU for RFS, or that send, are marked in
 * the trace. Any of the peer's threads, one at a time.
 */
final class PeerSockets implements AutoCloseable {
    private static final int PAYLOAD_BYTES = 16;
    private static final int SMALLEST_RCVBUF = 1;
    private static final long BETWEEN_RECVS_NS = 50_000;
    private static final int LEAST_GROUP = 500;
    private static final int SPARE_FILES = 100;

    private final FileChannel marker;
    private final Map<Integer, ByteChannel> flows = new LinkedHashMap<>();
    private final List<DatagramChannel> group = new ArrayList<>();
    private ServerSocketChannel listener;

    PeerSockets(Path marker) throws IOException {
        this.marker = FileChannel.open(marker, StandardOpenOption.WRITE);
    }

    /** Does what a command says; the answer's text. */
    String run(String[] words) throws IOException {
        switch (words[0]) {
            case "udp" -> openUdp(number(words[1]), address(words[2], words[3]), address(words[4], words[5]));
            case "listen" -> listen(address(words[1], words[2]));
            case "connect" -> connect(number(words[1]), address(words[2], words[3]), address(words[4], words[5]));
            case "accept" -> accept(number(words[1]));
            case "group" -> {
                return Integer.toString(joinGroup(number(words[1]), address(words[2], words[3]), words[4]));
            }
            case "send" -> send(number(words[1]), number(words[2]));
            case "recv" -> {
                return Integer.toString(recv(number(words[1])));
            }
            case "catch" -> {
                return Integer.toString(recvUntilData(number(words[1]), number(words[2])));
            }
            case "wait" -> {
                return Integer.toString(awaitData(number(words[1]), number(words[2])));
            }
            case "set" -> {
                return SettingAnswer.ofKernel(Path.of(words[1]), bytes(words[2]))
                        .words();
            }
            case "close" -> closeFlows();
            default -> throw new IOException("unknown command");
        }
        return "";
    }

    /** Bytes, one per character, as a word of a command. */
    static String hex(String bytes) {
        return HexFormat.of().formatHex(bytes.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static String bytes(String hex) {
        return new String(HexFormat.of().parseHex(hex), StandardCharsets.ISO_8859_1);
    }

    private static int number(String word) {
        return Integer.parseInt(word);
    }

    private static InetSocketAddress address(String host, String port) throws IOException {
        return new InetSocketAddress(InetAddress.getByName(host), Integer.parseInt(port));
    }

    private static DatagramChannel datagrams(InetSocketAddress address) throws IOException {
        boolean v4 = address.getAddress().getAddress().length == 4;
        return DatagramChannel.open(v4 ? StandardProtocolFamily.INET : StandardProtocolFamily.INET6);
    }

    private void openUdp(int flow, InetSocketAddress local, InetSocketAddress remote) throws IOException {
        DatagramChannel channel = datagrams(local);
        flows.put(flow, channel);
        channel.bind(local);
        channel.connect(remote);
        channel.configureBlocking(false);
    }

    private void listen(InetSocketAddress local) throws IOException {
        listener = ServerSocketChannel.open();
        listener.bind(local);
    }

    private void connect(int flow, InetSocketAddress local, InetSocketAddress remote) throws IOException {
        SocketChannel channel = SocketChannel.open();
        flows.put(flow, channel);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.bind(local);
        mark(Mark.Call.CONNECT, true, flow);
        channel.connect(remote);
        mark(Mark.Call.CONNECT, false, flow);
        channel.configureBlocking(false);
    }

    private void accept(int flow) throws IOException {
        mark(Mark.Call.ACCEPT, true, flow);
        SocketChannel channel = listener.accept();
        mark(Mark.Call.ACCEPT, false, flow);
        flows.put(flow, channel);
        channel.configureBlocking(false);
    }

    /**
     * Many sockets that all receive every datagram to a group; their buffers take next to nothing. As many as the limit on open files
     * allows, up to a count. They stay open to the end.
     */
    private int joinGroup(int count, InetSocketAddress address, String device) throws IOException {
        while (group.size() < count) {
            try {
                group.add(groupSocket(address));
            } catch (IOException e) {
                if (group.size() < LEAST_GROUP) {
                    throw e;
                }
                for (int spare = 0; spare < SPARE_FILES; spare++) {
                    group.remove(group.size() - 1).close();
                }
                break;
            }
        }
        group.get(0).join(address.getAddress(), NetworkInterface.getByName(device));
        return group.size();
    }

    private static DatagramChannel groupSocket(InetSocketAddress address) throws IOException {
        DatagramChannel channel = datagrams(address);
        channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
        channel.setOption(StandardSocketOptions.SO_RCVBUF, SMALLEST_RCVBUF);
        channel.bind(address);
        return channel;
    }

    private void send(int flow, int packets) throws IOException {
        ByteChannel channel = flow(flow);
        mark(Mark.Call.SEND, true, flow);
        for (int i = 0; i < packets; i++) {
            channel.write(ByteBuffer.allocate(PAYLOAD_BYTES));
        }
        mark(Mark.Call.SEND, false, flow);
    }

    /** Receives until there is nothing left; the number of calls that brought something. */
    private int recv(int flow) throws IOException {
        ByteChannel channel = flow(flow);
        ByteBuffer buffer = ByteBuffer.allocate(PAYLOAD_BYTES);
        int got = 0;
        mark(Mark.Call.RECV, true, flow);
        while (channel.read(buffer.clear()) > 0) {
            got++;
        }
        mark(Mark.Call.RECV, false, flow);
        return got;
    }

    /** Receives again and again until something has come and nothing is left. */
    private int recvUntilData(int flow, int patienceMs) throws IOException {
        ByteChannel channel = flow(flow);
        ByteBuffer buffer = ByteBuffer.allocate(PAYLOAD_BYTES);
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(patienceMs);
        int got = 0;
        mark(Mark.Call.RECV, true, flow);
        while (got == 0 && System.nanoTime() < end) {
            while (channel.read(buffer.clear()) > 0) {
                got++;
            }
            LockSupport.parkNanos(BETWEEN_RECVS_NS);
        }
        mark(Mark.Call.RECV, false, flow);
        return got;
    }

    /** Waits for data without a receive call; 1 if there is some. */
    private int awaitData(int flow, int patienceMs) throws IOException {
        SelectableChannel channel = (SelectableChannel) flow(flow);
        try (Selector selector = Selector.open()) {
            channel.register(selector, SelectionKey.OP_READ);
            return selector.select(patienceMs);
        }
    }

    private ByteChannel flow(int flow) throws IOException {
        ByteChannel channel = flows.get(flow);
        if (channel == null) {
            throw new IOException("no such flow");
        }
        return channel;
    }

    private void mark(Mark.Call call, boolean begins, int flow) throws IOException {
        String text = new Mark(call, begins, flow).text() + "\n";
        marker.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)));
    }

    private void closeFlows() throws IOException {
        for (ByteChannel channel : flows.values()) {
            channel.close();
        }
        flows.clear();
        if (listener != null) {
            listener.close();
            listener = null;
        }
    }

    @Override
    public void close() throws IOException {
        closeFlows();
        for (DatagramChannel channel : group) {
            channel.close();
        }
        marker.close();
    }
}
