package io.rxsim.core.packet;

/** Reads and prints addresses (RFC 4291 section 2.2, RFC 5952); no name service is ever asked. Stateless. */
final class IpAddressText {
    private static final int GROUPS = 8;

    private IpAddressText() {}

    /** Reads the address in {@code text[from, to)}; columns of errors count from the start of the text. */
    static IpAddress parse(String text, int from, int to) {
        if (from == to) {
            throw new FlowSyntaxException(from + 1, "address missing, allowed: IPv4 as 10.0.0.1, IPv6 as 2001:db8::1");
        }
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if (c == '%') {
                throw new FlowSyntaxException(i + 1, "IPv6 zone id is not allowed, only the address");
            }
            boolean digit = c < 128 && Character.digit(c, 16) >= 0;
            if (!digit && c != '.' && c != ':') {
                throw new FlowSyntaxException(
                        i + 1, "'" + c + "' is not part of an address, allowed: IPv4 or IPv6 address, no host names");
            }
        }
        int colon = text.indexOf(':', from);
        if (colon >= 0 && colon < to) {
            return ipv6(text, from, to);
        }
        return IpAddress.ofIpv4(ipv4(text, from, to));
    }

    private static int ipv4(String text, int from, int to) {
        int address = 0;
        int at = from;
        for (int part = 0; part < 4; part++) {
            int start = at;
            int value = 0;
            while (at < to && text.charAt(at) != '.') {
                char c = text.charAt(at);
                boolean leadingZero = at == start + 1 && text.charAt(start) == '0';
                value = c < '0' || c > '9' || leadingZero ? 256 : value * 10 + (c - '0');
                if (value > 255) {
                    throw new FlowSyntaxException(
                            start + 1, "IPv4 address must have four numbers from 0 to 255 without leading zeros");
                }
                at++;
            }
            boolean ended = part == 3 ? at == to : at < to;
            if (at == start || !ended) {
                throw new FlowSyntaxException(at + 1, "IPv4 address must have four numbers, as 10.0.0.1");
            }
            address = address << 8 | value;
            at++;
        }
        return address;
    }

    private static IpAddress ipv6(String text, int from, int to) {
        int[] groups = new int[GROUPS];
        int count = 0;
        int gap = -1;
        int at = from;
        if (text.startsWith("::", at) && at + 2 <= to) {
            gap = 0;
            at += 2;
        }
        while (at < to) {
            int end = groupEnd(text, at, to);
            boolean embedded = end < to && text.charAt(end) == '.';
            if (count + (embedded ? 2 : 1) > GROUPS) {
                throw new FlowSyntaxException(at + 1, "IPv6 address has more than 8 groups");
            }
            if (embedded) {
                int ipv4 = ipv4(text, at, to);
                groups[count++] = ipv4 >>> 16;
                groups[count++] = ipv4 & 0xffff;
                at = to;
                break;
            }
            groups[count++] = group(text, at, end);
            at = end;
            if (at < to) {
                at++;
                if (at < to && text.charAt(at) == ':') {
                    if (gap >= 0) {
                        throw new FlowSyntaxException(at, "IPv6 address has more than one '::'");
                    }
                    gap = count;
                    at++;
                } else if (at == to) {
                    throw new FlowSyntaxException(at + 1, "IPv6 address ends in a single ':'");
                }
            }
        }
        if ((count < GROUPS) == (gap < 0)) {
            throw new FlowSyntaxException(
                    to + 1,
                    "IPv6 address has " + count + " groups"
                            + (gap < 0
                                    ? ", must have 8, or '::' for those that are 0"
                                    : " and '::', which stands for at least one"));
        }
        return assemble(groups, count, gap < 0 ? count : gap);
    }

    private static int groupEnd(String text, int from, int to) {
        int end = from;
        while (end < to && text.charAt(end) != ':' && text.charAt(end) != '.') {
            end++;
        }
        return end;
    }

    private static int group(String text, int from, int to) {
        if (from == to) {
            throw new FlowSyntaxException(
                    from + 1, "IPv6 group missing, allowed: 1 to 4 hexadecimal digits, or one '::'");
        }
        if (to - from > 4) {
            throw new FlowSyntaxException(from + 1, "IPv6 group must have 1 to 4 hexadecimal digits");
        }
        return Integer.parseInt(text, from, to, 16);
    }

    private static IpAddress assemble(int[] groups, int count, int gap) {
        long[] halves = new long[2];
        for (int i = 0; i < count; i++) {
            int position = i < gap ? i : GROUPS - count + i;
            halves[position >>> 2] |= (long) groups[i] << (48 - 16 * (position & 3));
        }
        return IpAddress.ofIpv6(halves[0], halves[1]);
    }

    static String ipv4(int address) {
        return (address >>> 24) + "." + (address >>> 16 & 0xff) + "." + (address >>> 8 & 0xff) + "." + (address & 0xff);
    }

    static String ipv6(long high, long low) {
        int bestStart = -1;
        int bestLength = 1;
        int length = 0;
        for (int i = 0; i < GROUPS; i++) {
            length = groupOf(high, low, i) == 0 ? length + 1 : 0;
            if (length > bestLength) {
                bestLength = length;
                bestStart = i - length + 1;
            }
        }
        StringBuilder text = new StringBuilder(39);
        for (int i = 0; i < GROUPS; i++) {
            if (i == bestStart) {
                text.append("::");
                i += bestLength - 1;
                continue;
            }
            boolean behindGap = bestStart >= 0 && i == bestStart + bestLength;
            if (i > 0 && !behindGap) {
                text.append(':');
            }
            text.append(Integer.toHexString(groupOf(high, low, i)));
        }
        return text.toString();
    }

    private static int groupOf(long high, long low, int index) {
        return (int) ((index < 4 ? high : low) >>> (48 - 16 * (index & 3))) & 0xffff;
    }
}
