package io.rxsim.workload.netty;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.socket.DatagramPacket;
import io.rxsim.core.run.Catalog;

/**
 * What the receivers of live traffic do. A new one is a class and a line in {@link #catalog}. Stateless, unless it keeps something in the
 * flow; on the thread that drives the flow's receiver.
 */
// A write or close that fails closes its channel, which the reader hears of; nobody waits for the future.
@SuppressWarnings("FutureReturnValueIgnored")
interface LiveApplication {
    /** Takes bytes of a flow, and releases them or passes them on. */
    void onBytes(LiveFlow flow, Inbound inbound);

    /** Where connections are passed on to ({@code proxy}), or null. */
    default ListenAddress upstream() {
        return null;
    }

    /** Makes an application of what follows the name and a colon, or of null. */
    interface Factory {
        /**
         * Reads the argument.
         *
         * @throws IllegalArgumentException naming what is allowed
         */
        LiveApplication of(String argument);
    }

    /** All applications by name. */
    static Catalog<Factory> catalog() {
        return new Catalog<Factory>("app")
                .with("echo", argument -> none(argument, "echo", LiveApplication::answer))
                .with(
                        "sink",
                        argument -> none(
                                argument,
                                "sink",
                                (flow, inbound) -> inbound.bytes().release()))
                .with("sockperf", argument -> none(argument, "sockperf", new SockperfServer()))
                .with("proxy", Proxy::to);
    }

    /**
     * Parses {@code NAME} or {@code NAME:ARGUMENT}.
     *
     * @throws IllegalArgumentException for an unknown name or argument, naming what is allowed
     */
    static LiveApplication parse(String text) {
        int colon = text.indexOf(':');
        String name = colon < 0 ? text : text.substring(0, colon);
        return catalog().get(name).of(colon < 0 ? null : text.substring(colon + 1));
    }

    private static LiveApplication none(String argument, String name, LiveApplication application) {
        if (argument != null) {
            throw new IllegalArgumentException("app=" + name + ":" + argument + ", " + name + " takes no argument");
        }
        return application;
    }

    /** Sends the bytes back to where they came from. */
    static void answer(LiveFlow flow, Inbound inbound) {
        send(flow, inbound.bytes(), inbound);
    }

    /** Sends an answer; releases it if the peer does not take any. */
    static void send(LiveFlow flow, ByteBuf bytes, Inbound inbound) {
        flow.socket.onSend();
        Channel sink = flow.sink();
        if (inbound.sender() == null) {
            sink.writeAndFlush(bytes, sink.voidPromise());
        } else if (sink.isWritable()) {
            sink.writeAndFlush(new DatagramPacket(bytes, inbound.sender()), sink.voidPromise());
        } else {
            // UDP: the send buffer is full, and the answer is lost as in the kernel.
            bytes.release();
        }
    }

    /** Passes a connection's bytes on to a server, and its answers back. */
    record Proxy(ListenAddress upstream) implements LiveApplication {
        static LiveApplication to(String argument) {
            if (argument == null) {
                throw new IllegalArgumentException(
                        "app=proxy, allowed is proxy:ADDRESS:PORT, e.g. proxy:127.0.0.1:6379");
            }
            return new Proxy(new ListenAddress(false, ListenAddress.hostPort(argument)));
        }

        @Override
        public void onBytes(LiveFlow flow, Inbound inbound) {
            send(flow, inbound.bytes(), inbound);
        }
    }
}
