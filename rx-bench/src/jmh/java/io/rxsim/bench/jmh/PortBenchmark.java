package io.rxsim.bench.jmh;

import io.rxsim.core.kernel.KernelRules;
import io.rxsim.core.packet.IpAddress;
import io.rxsim.core.port.Destinations;
import io.rxsim.core.port.PortSettings;
import io.rxsim.core.port.SocketOptions;
import io.rxsim.core.port.TcpPorts;
import io.rxsim.core.port.UdpPorts;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * One socket opened, given a port of 32768-60999 by the search of v6.18, and closed without TIME_WAIT, while others hold part of the
 * range: connections to the same destination, bind() users, datagram sockets. Expected: no allocation.
 */
@Look({"full=1", "full=45", "full=90"})
@State(Scope.Thread)
public class PortBenchmark {
    private static final int MAX_SOCKETS = 1 << 16;

    /** Percent of the range that is held. */
    @Param({"1", "10", "25", "45", "55", "75", "90", "99"})
    public int full;

    private TcpPorts connecting;
    private TcpPorts binding;
    private UdpPorts datagrams;
    private int destination;

    /** Holds the ports. */
    @Setup
    public void fill() {
        PortSettings settings = new PortSettings(KernelRules.V6_18);
        connecting = new TcpPorts(settings, 1, MAX_SOCKETS);
        binding = new TcpPorts(settings, 1, MAX_SOCKETS);
        datagrams = new UdpPorts(settings, 1, MAX_SOCKETS);
        destination = connecting
                .destinations()
                .of(new Destinations.Destination(IpAddress.parse("10.0.0.1"), IpAddress.parse("10.0.0.2"), 80));
        for (int i = settings.range.count() * full / 100; i > 0; i--) {
            connecting.connect(connecting.open(SocketOptions.DEFAULT), destination, 0);
            binding.bind(binding.open(SocketOptions.DEFAULT), Destinations.ANY, 0, 0);
            datagrams.bind(datagrams.open(SocketOptions.DEFAULT), Destinations.ANY, 0);
        }
    }

    /** TCP connect. */
    @Benchmark
    public int connect() {
        int sum = 0;
        for (int i = 0; i < Batch.SIZE; i++) {
            final int socket = connecting.open(SocketOptions.DEFAULT);
            sum += connecting.connect(socket, destination, 0);
            connecting.close(socket, TcpPorts.End.RESET, 0);
        }
        return sum;
    }

    /** TCP bind(0). */
    @Benchmark
    public int bind() {
        int sum = 0;
        for (int i = 0; i < Batch.SIZE; i++) {
            final int socket = binding.open(SocketOptions.DEFAULT);
            sum += binding.bind(socket, Destinations.ANY, 0, 0);
            binding.close(socket, TcpPorts.End.RESET, 0);
        }
        return sum;
    }

    /** UDP bind(0). */
    @Benchmark
    public int udp() {
        int sum = 0;
        for (int i = 0; i < Batch.SIZE; i++) {
            final int socket = datagrams.open(SocketOptions.DEFAULT);
            sum += datagrams.bind(socket, Destinations.ANY, 0);
            datagrams.close(socket);
        }
        return sum;
    }
}
