package io.rxsim.core.packet;

/** A position in the text of a flow; takes one part after the other and says where one is wrong. One thread. */
final class FlowText {
    private final String text;
    private int at;

    FlowText(String text, int from) {
        this.text = text;
        this.at = from;
    }

    FlowSyntaxException error(String message) {
        return new FlowSyntaxException(at + 1, message);
    }

    void expect(char wanted, String message) {
        if (at >= text.length() || text.charAt(at) != wanted) {
            throw error(message + (at < text.length() ? ", found '" + text.charAt(at) + "'" : ", found the end"));
        }
        at++;
    }

    /** Takes an address; one of IPv6 must be in brackets if a colon follows it. */
    IpAddress address(boolean colonFollows) {
        if (at < text.length() && text.charAt(at) == '[') {
            return bracketed();
        }
        int end = indexOf('>', at, text.length());
        int colon = indexOf(':', at, end);
        boolean ipv4 = indexOf('.', at, end) < colon;
        if (colonFollows && !ipv4 && indexOf(':', colon + 1, end) < end) {
            throw error("an IPv6 address must stand in brackets here, as [2001:db8::1]");
        }
        if (ipv4 || colonFollows) {
            end = colon;
        }
        IpAddress address = IpAddressText.parse(text, at, end);
        at = end;
        return address;
    }

    private int indexOf(char wanted, int from, int end) {
        int index = text.indexOf(wanted, from);
        return index < 0 || index > end ? end : index;
    }

    private IpAddress bracketed() {
        int close = text.indexOf(']', at);
        if (close < 0) {
            throw error("']' is missing");
        }
        IpAddress address = IpAddressText.parse(text, at + 1, close);
        if (address.version() == 4) {
            throw error("only an IPv6 address stands in brackets");
        }
        at = close + 1;
        return address;
    }

    /** Takes a decimal number from 0 to {@code max}. */
    int decimal(String what, int max) {
        int start = at;
        long value = 0;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            value = Math.min(value * 10 + text.charAt(at) - '0', Integer.MAX_VALUE);
            at++;
        }
        if (at == start) {
            throw error(what + " is missing, allowed: 0 to " + max);
        }
        if (value > max) {
            String found = text.substring(start, at);
            at = start;
            throw error(what + " " + found + " is out of range, allowed: 0 to " + max);
        }
        return (int) value;
    }

    /** Takes {@code 0x} and 1 to 8 hexadecimal digits. */
    int hexWord(String what, String form) {
        if (!text.startsWith("0x", at)) {
            throw error(what + " must begin with 0x, " + form);
        }
        int start = at + 2;
        int end = start;
        while (end < text.length() && text.charAt(end) < 128 && Character.digit(text.charAt(end), 16) >= 0) {
            end++;
        }
        if (end == start) {
            at = start;
            throw error(what + " has no digits, " + form);
        }
        if (end - start > 8) {
            throw error(what + " " + text.substring(at, end) + " is out of range, " + form);
        }
        at = end;
        return Integer.parseUnsignedInt(text, start, end, 16);
    }

    void end() {
        if (at < text.length()) {
            throw error("'" + text.substring(at) + "' behind the end of the flow");
        }
    }
}
