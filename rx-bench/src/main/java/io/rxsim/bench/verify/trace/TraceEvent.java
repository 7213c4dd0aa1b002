package io.rxsim.bench.verify.trace;

/**
 * One event of a kernel trace.
 *
 * @param task thread that was current, its kernel thread id; 0 is the idle task
 * @param cpu where it happened
 * @param clock what the trace clock showed: nanoseconds where the clock counts seconds, else its plain number
 * @param name without the system, for example {@code netif_rx_entry}
 * @param fields the event's own text, for example {@code dev=lo skbaddr=0xffff88810a490900 len=29}
 */
public record TraceEvent(int task, int cpu, long clock, String name, String fields) {
    private static final String BACKLOG_POLL = " for device (no_device) work ";

    /** The text of a field {@code key=text}, or null where the event has none. */
    public String text(String key) {
        int from = 0;
        while (true) {
            int at = fields.indexOf(key, from);
            if (at < 0) {
                return null;
            }
            int value = at + key.length();
            boolean whole = at == 0 || fields.charAt(at - 1) == ' ';
            if (whole && value < fields.length() && fields.charAt(value) == '=') {
                int end = fields.indexOf(' ', value);
                return fields.substring(value + 1, end < 0 ? fields.length() : end);
            }
            from = value;
        }
    }

    /**
     * The number in a field, decimal or hex after 0x, at most 32 bits.
     *
     * @throws TraceLineException if the field is missing or no such number
     */
    public int number(String key) {
        String text = required(key);
        try {
            boolean hex = text.startsWith("0x");
            long value = hex ? Long.parseUnsignedLong(text, 2, text.length(), 16) : Long.parseLong(text);
            if (value >= Integer.MIN_VALUE && value <= 0xffffffffL) {
                return (int) value;
            }
        } catch (NumberFormatException e) {
            throw notANumber(key, text);
        }
        throw notANumber(key, text);
    }

    /**
     * The text of a field that every such event has.
     *
     * @throws TraceLineException if it is missing
     */
    public String required(String key) {
        String text = text(key);
        if (text == null || text.isEmpty()) {
            throw new TraceLineException(name + " without " + key + "=, a field of it in Linux 6.18");
        }
        return text;
    }

    /** Whether this is the end of a poll of a CPU's backlog, which is the instance without a device. */
    public boolean isBacklogPoll() {
        return name.equals("napi_poll") && fields.contains(BACKLOG_POLL);
    }

    private TraceLineException notANumber(String key, String text) {
        return new TraceLineException(name + " " + key + "=" + text + ", allowed is a number of 32 bits");
    }
}
