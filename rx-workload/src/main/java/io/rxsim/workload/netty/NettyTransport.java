package io.rxsim.workload.netty;

import io.netty.channel.ChannelOption;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.channel.uring.IoUring;
import io.netty.channel.uring.IoUringChannelOption;
import io.netty.channel.uring.IoUringDatagramChannel;
import io.netty.channel.uring.IoUringIoHandler;
import io.netty.channel.uring.IoUringServerSocketChannel;
import io.netty.channel.uring.IoUringSocketChannel;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** How sockets are polled: Netty's native epoll or io_uring, or the JDK's selector. Immutable; any thread. */
// The fields are functions without state.
@SuppressWarnings("ImmutableEnumChecker")
public enum NettyTransport {
    /** Native epoll. */
    EPOLL(
            Epoll::isAvailable,
            EpollIoHandler::newFactory,
            new Channels(EpollDatagramChannel.class, EpollServerSocketChannel.class, EpollSocketChannel.class)),
    /** Native io_uring. */
    IO_URING(
            IoUring::isAvailable,
            IoUringIoHandler::newFactory,
            new Channels(IoUringDatagramChannel.class, IoUringServerSocketChannel.class, IoUringSocketChannel.class)),
    /** The JDK's selector: everywhere, but one UDP socket only, since it cannot share a port. */
    NIO(
            () -> true,
            NioIoHandler::newFactory,
            new Channels(NioDatagramChannel.class, NioServerSocketChannel.class, NioSocketChannel.class));

    private final BooleanSupplier available;
    private final Supplier<IoHandlerFactory> factory;
    private final Channels channels;

    /** Channel classes of a transport. */
    record Channels(
            Class<? extends DatagramChannel> datagram,
            Class<? extends ServerChannel> server,
            Class<? extends SocketChannel> stream) {}

    NettyTransport(BooleanSupplier available, Supplier<IoHandlerFactory> factory, Channels channels) {
        this.available = available;
        this.factory = factory;
        this.channels = channels;
    }

    /** The best that this machine has: epoll, otherwise the JDK's selector. */
    public static NettyTransport best() {
        return EPOLL.isAvailable() ? EPOLL : NIO;
    }

    /**
     * The transport of a name: {@code epoll}, {@code io_uring}, {@code nio}.
     *
     * @throws IllegalArgumentException for an unknown one, or one that this machine does not have
     */
    public static NettyTransport of(String name) {
        List<String> names = Arrays.stream(values()).map(NettyTransport::label).toList();
        if (!names.contains(name)) {
            throw new IllegalArgumentException("transport=" + name + ", allowed is one of " + String.join(", ", names));
        }
        NettyTransport transport = values()[names.indexOf(name)];
        if (!transport.isAvailable()) {
            throw new IllegalArgumentException("transport=" + name + " is not available here, nio always is");
        }
        return transport;
    }

    /** The name in options. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether this machine has it. */
    public boolean isAvailable() {
        return available.getAsBoolean();
    }

    /** Whether several UDP sockets may share a port, so that the operating system spreads sources over them. */
    public boolean sharesPorts() {
        return this != NIO;
    }

    IoHandlerFactory ioHandler() {
        return factory.get();
    }

    Channels channels() {
        return channels;
    }

    /** SO_REUSEPORT; only where {@link #sharesPorts}. */
    ChannelOption<Boolean> reusePort() {
        return this == EPOLL ? EpollChannelOption.SO_REUSEPORT : IoUringChannelOption.SO_REUSEPORT;
    }
}
