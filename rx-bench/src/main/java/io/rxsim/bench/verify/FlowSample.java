package io.rxsim.bench.verify;

import io.rxsim.core.packet.IpAddress;
import io.rxsim.core.run.RandomStream;

/**
 * The addresses and ports from which a recorded frame is built again.
 *
 * @param source outer source address; both outer addresses are of the same version
 * @param destination outer destination address
 * @param sourcePort port of the sender
 * @param destinationPort port of the receiver
 * @param inner addresses and ports of a tunnelled packet, and of whatever else is said to be "other"; null inside itself
 */
record FlowSample(IpAddress source, IpAddress destination, int sourcePort, int destinationPort, FlowSample inner) {
    private static final int MAX_PORT = 65535;

    /** Random addresses and ports, outer and inner. */
    static FlowSample random(RandomStream random, int ipVersion) {
        return half(random, ipVersion, half(random, ipVersion, null));
    }

    private static FlowSample half(RandomStream random, int ipVersion, FlowSample inner) {
        return new FlowSample(
                address(random, ipVersion), address(random, ipVersion), port(random), port(random), inner);
    }

    private static IpAddress address(RandomStream random, int ipVersion) {
        return ipVersion == 4
                ? IpAddress.ofIpv4((int) random.nextLong())
                : IpAddress.ofIpv6(random.nextLong(), random.nextLong());
    }

    private static int port(RandomStream random) {
        return 1 + random.nextInt(MAX_PORT);
    }

    FlowSample withAddresses(IpAddress newSource, IpAddress newDestination) {
        return new FlowSample(newSource, newDestination, sourcePort, destinationPort, inner);
    }

    FlowSample withPorts(int newSourcePort, int newDestinationPort) {
        return new FlowSample(source, destination, newSourcePort, newDestinationPort, inner);
    }

    FlowSample withInner(FlowSample newInner) {
        return new FlowSample(source, destination, sourcePort, destinationPort, newInner);
    }

    FlowSample addressesSwapped() {
        return withAddresses(destination, source);
    }

    FlowSample portsSwapped() {
        return withPorts(destinationPort, sourcePort);
    }

    /** With the ports of the inner sample. */
    FlowSample otherPorts() {
        return withPorts(inner.sourcePort, inner.destinationPort);
    }
}
