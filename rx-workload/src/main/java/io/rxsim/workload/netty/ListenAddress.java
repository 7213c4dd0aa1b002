package io.rxsim.workload.netty;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where to listen, or whom to connect to: {@code udp:127.0.0.1:9000}, {@code tcp:[::1]:9001}.
 *
 * @param udp datagrams, otherwise connections
 * @param socket address and port
 */
public record ListenAddress(boolean udp, InetSocketAddress socket) {
    private static final String FORM =
            "udp:ADDRESS:PORT or tcp:ADDRESS:PORT, e.g. udp:127.0.0.1:9000 or tcp:[::1]:9001";
    private static final Pattern TEXT = Pattern.compile("(udp|tcp):(.+)");
    private static final Pattern HOST_PORT = Pattern.compile("(?:\\[([0-9a-fA-F:.%]+)]|([0-9.]+)):([0-9]{1,5})");
    private static final int MAX_PORT = 65535;

    /**
     * Parses {@code udp:ADDRESS:PORT} or {@code tcp:ADDRESS:PORT}; addresses are numbers, names are not looked up.
     *
     * @throws IllegalArgumentException for anything else, naming what is allowed
     */
    public static ListenAddress parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(text + " is no address to listen on, allowed is " + FORM);
        }
        return new ListenAddress(matcher.group(1).equals("udp"), hostPort(matcher.group(2)));
    }

    /**
     * Parses {@code ADDRESS:PORT}.
     *
     * @throws IllegalArgumentException for anything else, naming what is allowed
     */
    public static InetSocketAddress hostPort(String text) {
        Matcher matcher = HOST_PORT.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    text + " is no ADDRESS:PORT, allowed are numeric addresses, e.g. 127.0.0.1:9000 or [::1]:9000");
        }
        int port = Integer.parseInt(matcher.group(3));
        if (port > MAX_PORT) {
            throw new IllegalArgumentException("port=" + port + ", allowed is 0 to " + MAX_PORT);
        }
        String address = matcher.group(1) != null ? matcher.group(1) : matcher.group(2);
        try {
            return new InetSocketAddress(InetAddress.getByName(address), port);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(text + ": " + address + " is no IPv4 or IPv6 address", e);
        }
    }

    /** Whether only this host reaches it. */
    public boolean isLoopback() {
        return socket.getAddress().isLoopbackAddress();
    }

    @Override
    public String toString() {
        String address = socket.getAddress().getHostAddress();
        String host = address.indexOf(':') >= 0 ? "[" + address + "]" : address;
        return (udp ? "udp:" : "tcp:") + host + ":" + socket.getPort();
    }
}
