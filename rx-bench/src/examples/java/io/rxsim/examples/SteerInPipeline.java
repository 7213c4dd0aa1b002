package io.rxsim.examples;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.local.LocalAddress;
import io.netty.channel.local.LocalChannel;
import io.netty.channel.local.LocalIoHandler;
import io.netty.channel.local.LocalServerChannel;
import io.rxsim.core.live.DropHandler;
import io.rxsim.core.live.LiveHost;
import io.rxsim.core.live.LiveMachine;
import io.rxsim.core.live.LivePacket;
import io.rxsim.core.live.LiveReport;
import io.rxsim.core.live.LiveSettings;
import io.rxsim.core.live.LiveSocket;
import io.rxsim.core.live.LiveWait;
import io.rxsim.core.live.Receiver;
import io.rxsim.core.live.RxQueue;
import io.rxsim.steering.SteeringCatalog;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A Netty pipeline hands its messages to threads, each connection in order and at the CPU of its consumer; the event loop goes on reading. */
public final class SteerInPipeline {
    private static final int CONNECTIONS = 6;
    private static final int MESSAGES = 500;

    private SteerInPipeline() {}

    /** Prints how many messages each consumer got, and that none overtook another. */
    public static void main(String[] args) throws Exception {
        LiveHost<Integer> host = new LiveHost<>(
                LiveMachine.cpus(3).rps("7").rfs(256).ring(8192).build(),
                SteeringCatalog.steering(SteeringCatalog.RFS),
                LiveSettings.DEFAULT,
                DropHandler.ignore());
        List<Receiver<Integer>> receivers = new ArrayList<>();
        host.start();
        for (int cpu = 0; cpu < 3; cpu++) {
            receivers.add(host.receiver(cpu));
            host.start(receivers.get(cpu), packet -> {}, LiveWait.BLOCK);
        }
        // One loop, which is the one producer of RX queue 0.
        MultiThreadIoEventLoopGroup loop = new MultiThreadIoEventLoopGroup(1, LocalIoHandler.newFactory());
        LocalAddress address = new LocalAddress("steer-in-pipeline");
        int[] connections = new int[1];
        new ServerBootstrap()
                .group(loop)
                .channel(LocalServerChannel.class)
                .childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        int flow = connections[0]++;
                        LiveSocket<Integer> socket = receivers.get(flow % 3).open(MESSAGES);
                        channel.pipeline().addLast(new Steer(host.queue(0), socket, flow));
                    }
                })
                .bind(address)
                .sync();
        for (int connection = 0; connection < CONNECTIONS; connection++) {
            Channel client = new Bootstrap()
                    .group(loop)
                    .channel(LocalChannel.class)
                    .handler(new ChannelInboundHandlerAdapter())
                    .connect(address)
                    .sync()
                    .channel();
            for (int message = 0; message < MESSAGES; message++) {
                client.write(message);
            }
            client.flush();
        }
        while (host.queue(0).received() + host.queue(0).dropped() < CONNECTIONS * MESSAGES) {
            Thread.onSpinWait();
        }
        loop.shutdownGracefully(0, 10, TimeUnit.SECONDS).sync();
        LiveReport report = host.stop(Duration.ofSeconds(10));
        for (Receiver<Integer> receiver : receivers) {
            System.out.println("cpu=" + receiver.cpu() + " messages=" + receiver.delivered());
        }
        System.out.println("dropped=" + report.droppedTotal() + " violations="
                + report.order().violations());
    }

    /** The last handler of a pipeline: what it reads goes on elsewhere. */
    private static final class Steer extends ChannelInboundHandlerAdapter {
        private final RxQueue<Integer> queue;
        private final LiveSocket<Integer> socket;
        private final int flow;
        private int sequence;

        Steer(RxQueue<Integer> queue, LiveSocket<Integer> socket, int flow) {
            this.queue = queue;
            this.socket = socket;
            this.flow = flow;
        }

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            LivePacket<Integer> packet = queue.next();
            if (packet == null) {
                queue.dropped(1);
                return;
            }
            packet.flow = flow;
            packet.direction = 0;
            packet.sequence = sequence++;
            packet.hash = (flow + 1) * 0x9e3779b1;
            packet.message = (Integer) message;
            packet.socket = socket;
            packet.arrivedNs = System.nanoTime();
            queue.publish();
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext ctx) {
            queue.interrupt();
        }
    }
}
