package io.rxsim.bench.verify.trace;

/**
 * Reads one line of a trace: as the file {@code trace} of tracefs has it ({@code TASK-TID [CPU] FLAGS CLOCK: EVENT: FIELDS},
 * kernel/trace/trace_output.c {@code trace_print_context}, 6.18) or as {@code perf script} prints it
 * ({@code COMM TID [CPU] CLOCK: SYSTEM:EVENT: FIELDS}). Names of tasks may hold blanks and brackets.
 *
 * <p>Stateless; any thread.
 */
public final class TraceLine {
    private static final int MAX_SHOWN = 80;
    private static final long NS_PER_S = 1_000_000_000L;
    private static final int NANO_DIGITS = 9;

    private TraceLine() {}

    /** Whether a line carries no event: blank, a comment, or a frame of a call chain. */
    public static boolean isNoEvent(String line) {
        int at = skipBlanks(line, 0);
        return at == line.length() || line.charAt(at) == '#' || isCallChain(line, at);
    }

    /**
     * The event of a line.
     *
     * @throws TraceLineException if it is none
     */
    public static TraceEvent parse(String line) {
        int open = cpuBracket(line);
        if (open < 0) {
            throw bad(line);
        }
        int close = line.indexOf(']', open);
        int clock = clockStart(line, close + 1);
        int colon = clock < 0 ? -1 : line.indexOf(": ", clock);
        if (colon < 0) {
            throw bad(line);
        }
        int event = skipBlanks(line, colon + 1);
        int end = eventEnd(line, event);
        if (end < 0) {
            throw bad(line);
        }
        int system = line.lastIndexOf(':', end - 1);
        String name = line.substring(system >= event ? system + 1 : event, end);
        try {
            int task = Integer.parseInt(line, taskStart(line, open), taskEnd(line, open), 10);
            int cpu = Integer.parseInt(line, open + 1, close, 10);
            String fields = line.substring(Math.min(line.length(), end + 1)).strip();
            return new TraceEvent(task, cpu, clock(line, clock, colon), name, fields);
        } catch (NumberFormatException e) {
            throw bad(line);
        }
    }

    /** Where a bracketed CPU number follows a thread id; -1 if nowhere. */
    private static int cpuBracket(String line) {
        for (int at = line.indexOf('['); at >= 0; at = line.indexOf('[', at + 1)) {
            int end = at + 1;
            while (end < line.length() && isDigit(line.charAt(end))) {
                end++;
            }
            boolean number = end > at + 1 && end + 1 < line.length() && line.charAt(end) == ']';
            if (number && line.charAt(end + 1) == ' ' && isTaskBefore(line, at)) {
                return at;
            }
        }
        return -1;
    }

    private static boolean isTaskBefore(String line, int bracket) {
        int start = taskStart(line, bracket);
        return start > 0 && start < taskEnd(line, bracket) && " -/".indexOf(line.charAt(start - 1)) >= 0;
    }

    /** End of the digits before the bracket; tracefs may put the thread group in parentheses between. */
    private static int taskEnd(String line, int bracket) {
        int at = bracket;
        while (at > 0 && line.charAt(at - 1) == ' ') {
            at--;
        }
        if (at > 0 && line.charAt(at - 1) == ')') {
            at = Math.max(0, line.lastIndexOf('(', at));
            while (at > 0 && line.charAt(at - 1) == ' ') {
                at--;
            }
        }
        return at;
    }

    private static int taskStart(String line, int bracket) {
        int at = taskEnd(line, bracket);
        while (at > 0 && isDigit(line.charAt(at - 1))) {
            at--;
        }
        return at;
    }

    /** The clock is the first word after the CPU that is a number and a colon; tracefs has flags before it. */
    private static int clockStart(String line, int from) {
        int at = skipBlanks(line, from);
        for (int word = 0; word < 2 && at < line.length(); word++) {
            int end = line.indexOf(' ', at);
            end = end < 0 ? line.length() : end;
            if (line.charAt(end - 1) == ':' && isDigit(line.charAt(at))) {
                return at;
            }
            at = skipBlanks(line, end);
        }
        return -1;
    }

    /** Seconds with a fraction become nanoseconds; a whole number stays as it is. */
    private static long clock(String line, int from, int to) {
        int point = line.indexOf('.', from);
        if (point < 0 || point >= to) {
            return Long.parseLong(line, from, to, 10);
        }
        long seconds = Long.parseLong(line, from, point, 10);
        long fraction = Long.parseLong(line, point + 1, to, 10);
        for (int digits = to - point - 1; digits < NANO_DIGITS; digits++) {
            fraction *= 10;
        }
        return seconds * NS_PER_S + fraction;
    }

    /** The colon that ends {@code EVENT} or {@code SYSTEM:EVENT}. */
    private static int eventEnd(String line, int from) {
        for (int at = from; at < line.length(); at++) {
            char c = line.charAt(at);
            boolean last = at + 1 == line.length() || line.charAt(at + 1) == ' ';
            if (c == ':' && last) {
                return at > from ? at : -1;
            }
            if (c == ' ') {
                return -1;
            }
        }
        return -1;
    }

    /** {@code ffffffff81a5e2b1 netif_rx+0x1 ([kernel.kallsyms])}, as {@code perf script} prints below an event. */
    private static boolean isCallChain(String line, int from) {
        int at = from;
        while (at < line.length() && Character.digit(line.charAt(at), 16) >= 0) {
            at++;
        }
        return from > 0 && at - from >= 6 && at < line.length() && line.charAt(at) == ' ' && line.endsWith(")");
    }

    private static int skipBlanks(String line, int from) {
        int at = from;
        while (at < line.length() && (line.charAt(at) == ' ' || line.charAt(at) == '\t')) {
            at++;
        }
        return at;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static TraceLineException bad(String line) {
        String shown = line.strip();
        shown = shown.length() <= MAX_SHOWN ? shown : shown.substring(0, MAX_SHOWN) + "...";
        return new TraceLineException(
                "\"" + shown + "\" is no event of a trace, expected is TASK TID [CPU] TIME: EVENT: FIELDS");
    }
}
