package io.rxsim.bench.verify.kernel;

import io.rxsim.bench.verify.trace.TraceEvent;
import java.util.Locale;

/**
 * A line that a process writes into the trace before and after a system call of interest. Its place among the kernel's own events, and the
 * thread and CPU that the kernel puts before it, say when and where the call was made.
 *
 * @param call the call
 * @param begins whether the call comes next, or has returned
 * @param flow the flow it is made for
 */
record Mark(Call call, boolean begins, int flow) {
    private static final String PREFIX = "rxsim ";
    private static final String EVENT = "tracing_mark_write";

    /** Calls that the model has to know of. */
    enum Call {
        /** A sender connects; its handshake runs. */
        CONNECT,
        /** The receiver takes a connection over; recorded like a receive call. */
        ACCEPT,
        /** A sender sends. */
        SEND,
        /** The receiver calls recv, once or more. */
        RECV
    }

    /** The text to write, for example {@code rxsim recv> 3}. */
    String text() {
        return PREFIX + call.name().toLowerCase(Locale.ROOT) + (begins ? "> " : "< ") + flow;
    }

    /** The mark in an event, or null if it is none. */
    static Mark of(TraceEvent event) {
        String text = event.fields();
        if (!event.name().equals(EVENT) || !text.startsWith(PREFIX)) {
            return null;
        }
        int blank = text.lastIndexOf(' ');
        String call = text.substring(PREFIX.length(), blank - 1).toUpperCase(Locale.ROOT);
        return new Mark(Call.valueOf(call), text.charAt(blank - 1) == '>', Integer.parseInt(text.substring(blank + 1)));
    }
}
