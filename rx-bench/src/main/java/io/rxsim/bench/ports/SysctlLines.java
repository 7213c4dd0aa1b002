package io.rxsim.bench.ports;

import io.rxsim.core.port.LocalReservedPorts;
import io.rxsim.core.port.PortSet;
import java.util.ArrayList;
import java.util.List;

/**
 * The command that sets {@code net.ipv4.ip_local_reserved_ports}. The file takes less than a page of a write and would cut a longer
 * list without an error; a second write on the same open file adds to it. So a long list is written in parts. Stateless; any thread.
 */
public final class SysctlLines {
    /** The setting. */
    public static final String NAME = "net.ipv4.ip_local_reserved_ports";

    private static final String FILE = "/proc/sys/net/ipv4/ip_local_reserved_ports";
    /** Room for the newline. */
    private static final int PART = LocalReservedPorts.MAX_WRITE - 1;

    private SysctlLines() {}

    /** One line of shell that sets the list; an empty list is a newline, since an empty write does nothing. */
    public static String set(PortSet ports) {
        final String list = ports.toString();
        if (list.length() <= PART) {
            return "sysctl -w " + NAME + "=" + (list.isEmpty() ? "\"\"" : list);
        }
        StringBuilder line = new StringBuilder("{");
        for (String part : parts(list)) {
            line.append(" printf '%s\\n' '").append(part).append("';");
        }
        return line.append(" } > ").append(FILE).toString();
    }

    private static List<String> parts(String list) {
        List<String> parts = new ArrayList<>();
        int from = 0;
        while (list.length() - from > PART) {
            final int comma = list.lastIndexOf(',', from + PART);
            parts.add(list.substring(from, comma));
            from = comma + 1;
        }
        parts.add(list.substring(from));
        return parts;
    }
}
