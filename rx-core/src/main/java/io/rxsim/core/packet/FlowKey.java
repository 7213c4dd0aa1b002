package io.rxsim.core.packet;

import java.util.Locale;

/**
 * A flow: protocol, addresses and ports or SPI, as written on the command line and as the key of a flow table.
 *
 * <p>Forms: {@code tcp:10.0.0.1:1234>10.0.0.2:80}, also {@code udp}, {@code udplite}, {@code dccp}, {@code sctp};
 * {@code udp:[2001:db8::1]:53>[2001:db8::2]:9000}; {@code esp:10.0.0.1>10.0.0.2:0x1000}, also {@code ah};
 * {@code icmp:10.0.0.1>10.0.0.2} (ICMPv6 between IPv6 addresses); {@code proto-89:10.0.0.1>10.0.0.2}. An IPv6 address that
 * neither a port nor an SPI follows may stand without brackets.
 *
 * <p>Immutable; any thread.
 *
 * @param protocol the IP protocol number, 0 to 255
 * @param source the source address
 * @param destination the destination address, of the same version
 * @param portsWord {@code source port << 16 | destination port}; the SPI of ESP or AH; 0 for other protocols
 */
public record FlowKey(int protocol, IpAddress source, IpAddress destination, int portsWord) implements FlowInput {
    private static final int MAX_PORT = 65535;
    private static final String ALLOWED =
            "allowed: tcp, udp, udplite, dccp, sctp, esp, ah, icmp, proto-N (0 to 255), or hash:0x...";
    private static final String SPI_FORM = "allowed: 0x0 to 0xffffffff";
    private static final String NUMBERED = "proto-";

    /** Checks the parts. */
    public FlowKey {
        if (protocol < 0 || protocol > 255) {
            throw new IllegalArgumentException("protocol=" + protocol + ", must be 0 to 255");
        }
        if (source.version() != destination.version()) {
            throw new IllegalArgumentException(
                    "source=" + source + " destination=" + destination + ", must be of the same IP version");
        }
        if (portsWord != 0 && IpProtocol.portsOffset(protocol) < 0) {
            throw new IllegalArgumentException("portsWord=" + portsWord + ", protocol " + protocol + " has no ports");
        }
    }

    /**
     * Reads a flow.
     *
     * @param text one of the forms of the class comment
     * @return the flow
     * @throws FlowSyntaxException if the text is something else; its message names column, fault and what is allowed
     */
    public static FlowKey parse(String text) {
        int colon = text.indexOf(':');
        if (colon < 0) {
            throw new FlowSyntaxException(text.length() + 1, "':' behind the protocol is missing, " + ALLOWED);
        }
        String name = text.substring(0, colon);
        int protocol = protocolOf(name);
        boolean ports = IpProtocol.hasPorts(protocol);
        boolean spi = protocol == IpProtocol.ESP || protocol == IpProtocol.AH;
        FlowText rest = new FlowText(text, colon + 1);
        IpAddress source = rest.address(ports);
        int portsWord = ports ? port(rest, "source port") << 16 : 0;
        rest.expect('>', "'>' must stand between source and destination");
        FlowSyntaxException mixed = rest.error("source and destination must both be IPv4 or both IPv6");
        IpAddress destination = rest.address(ports || spi);
        if (destination.version() != source.version()) {
            throw mixed;
        }
        if (ports) {
            portsWord |= port(rest, "destination port");
        } else if (spi) {
            rest.expect(':', "':' and the SPI must follow the destination");
            portsWord = rest.hexWord("SPI", SPI_FORM);
        }
        rest.end();
        boolean icmpv6 = protocol == IpProtocol.ICMP && source.version() == 6 && name.equals("icmp");
        return new FlowKey(icmpv6 ? IpProtocol.ICMPV6 : protocol, source, destination, portsWord);
    }

    private static int port(FlowText rest, String what) {
        rest.expect(':', "':' and the " + what + " must follow the address");
        return rest.decimal(what, MAX_PORT);
    }

    private static int protocolOf(String name) {
        return switch (name) {
            case "tcp" -> IpProtocol.TCP;
            case "udp" -> IpProtocol.UDP;
            case "udplite" -> IpProtocol.UDP_LITE;
            case "dccp" -> IpProtocol.DCCP;
            case "sctp" -> IpProtocol.SCTP;
            case "esp" -> IpProtocol.ESP;
            case "ah" -> IpProtocol.AH;
            case "icmp" -> IpProtocol.ICMP;
            default -> numbered(name);
        };
    }

    private static int numbered(String name) {
        if (!name.startsWith(NUMBERED)) {
            throw new FlowSyntaxException(1, "unknown protocol '" + name + "', " + ALLOWED);
        }
        FlowText number = new FlowText(name, NUMBERED.length());
        int protocol = number.decimal("protocol", 255);
        number.end();
        if (IpProtocol.portsOffset(protocol) >= 0) {
            throw new FlowSyntaxException(1, "protocol " + protocol + " must be given by name, " + ALLOWED);
        }
        return protocol;
    }

    /**
     * Makes the key of the innermost flow of a packet.
     *
     * @param headers the dissected packet
     * @return the flow (ports or SPI 0 where the packet has none), or null if the packet is not IP
     */
    public static FlowKey of(PacketHeaders headers) {
        if (headers.ipVersion == 0) {
            return null;
        }
        IpAddress source = new IpAddress(headers.ipVersion, headers.sourceHigh, headers.sourceLow);
        IpAddress destination = new IpAddress(headers.ipVersion, headers.destinationHigh, headers.destinationLow);
        return new FlowKey(headers.protocol, source, destination, headers.hasSpi ? headers.spi : headers.ports);
    }

    /**
     * Tells whether the flow has ports.
     *
     * @return true for TCP, UDP, UDP-Lite, DCCP and SCTP
     */
    public boolean hasPorts() {
        return IpProtocol.hasPorts(protocol);
    }

    /**
     * Fills the flow keys of v6.18 as an unfragmented packet of this flow would, without VLAN tag or tunnel.
     *
     * @param keys receives them
     */
    public void toFlowKeys(FlowKeys keys) {
        keys.clear();
        keys.ipProtocol = protocol;
        keys.ports = portsWord;
        if (source.version() == 4) {
            keys.etherType = EtherType.IPV4;
            keys.setIpv4((int) source.low(), (int) destination.low());
        } else {
            keys.etherType = EtherType.IPV6;
            keys.setIpv6(source.high(), source.low(), destination.high(), destination.low());
        }
    }

    /**
     * Fills what a NIC would see of an unfragmented packet of this flow, for {@link RssHash}.
     *
     * @param headers receives the outer and the innermost tuple
     */
    public void toHeaders(PacketHeaders headers) {
        headers.clear();
        headers.etherType = source.version() == 4 ? EtherType.IPV4 : EtherType.IPV6;
        headers.innerEtherType = headers.etherType;
        headers.ipVersion = source.version();
        headers.protocol = protocol;
        headers.sourceHigh = source.high();
        headers.sourceLow = source.low();
        headers.destinationHigh = destination.high();
        headers.destinationLow = destination.low();
        headers.hasPorts = hasPorts();
        headers.ports = hasPorts() ? portsWord : 0;
        headers.hasSpi = IpProtocol.portsOffset(protocol) >= 0 && !hasPorts();
        headers.spi = hasPorts() ? 0 : portsWord;
        headers.outerIpVersion = headers.ipVersion;
        headers.outerProtocol = protocol;
        headers.outerSourceHigh = headers.sourceHigh;
        headers.outerSourceLow = headers.sourceLow;
        headers.outerDestinationHigh = headers.destinationHigh;
        headers.outerDestinationLow = headers.destinationLow;
        headers.outerHasPorts = headers.hasPorts;
        headers.outerPorts = headers.ports;
    }

    @Override
    public String toString() {
        String name = protocolName();
        if (hasPorts()) {
            return name + ":" + bracketed(source) + ":" + (portsWord >>> 16) + ">" + bracketed(destination) + ":"
                    + (portsWord & MAX_PORT);
        }
        String addresses = name + ":" + bracketed(source) + ">" + bracketed(destination);
        boolean spi = IpProtocol.portsOffset(protocol) >= 0;
        return spi ? addresses + String.format(Locale.ROOT, ":0x%08x", portsWord) : addresses;
    }

    private static String bracketed(IpAddress address) {
        return address.version() == 6 ? "[" + address + "]" : address.toString();
    }

    private String protocolName() {
        return switch (protocol) {
            case IpProtocol.TCP -> "tcp";
            case IpProtocol.UDP -> "udp";
            case IpProtocol.UDP_LITE -> "udplite";
            case IpProtocol.DCCP -> "dccp";
            case IpProtocol.SCTP -> "sctp";
            case IpProtocol.ESP -> "esp";
            case IpProtocol.AH -> "ah";
            case IpProtocol.ICMP -> source.version() == 4 ? "icmp" : NUMBERED + protocol;
            case IpProtocol.ICMPV6 -> source.version() == 6 ? "icmp" : NUMBERED + protocol;
            default -> NUMBERED + protocol;
        };
    }
}
