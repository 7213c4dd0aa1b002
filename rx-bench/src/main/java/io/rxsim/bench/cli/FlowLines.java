package io.rxsim.bench.cli;

import io.rxsim.bench.scenario.BadInputException;
import io.rxsim.core.packet.FlowInput;
import io.rxsim.core.packet.FlowSyntaxException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Flows from an argument or from the lines of standard input: the first comma-separated field of each. Blank lines and a
 * header line ({@code input} or {@code flow}) are skipped. A bad line is reported and answered, and decides the exit code.
 */
final class FlowLines {
    /** How a flow is written, for help. */
    static final String SYNTAX = "A flow is tcp:10.0.0.1:1234>10.0.0.2:80, udp:[2001:db8::1]:53>[2001:db8::2]:9000,"
            + " esp:10.0.0.1>10.0.0.2:0x1000 or hash:0x51ccc178.";

    private static final int CHECK_EVERY = 1024;

    private final CommandContext context;

    FlowLines(CommandContext context) {
        this.context = context;
    }

    /** What a command does with its flows. */
    interface Sink {
        /** The first call: the input is there. */
        void onStart();

        /** A flow, as written and as read. */
        void onFlow(String text, FlowInput flow);

        /** A line that is no flow; its message has been printed. */
        void onBadLine(String text);
    }

    /** Hands over the flow of an argument, or those of standard input if it is null. */
    int read(String argument, Sink sink) {
        sink.onStart();
        if (argument == null) {
            return readLines(sink);
        }
        try {
            sink.onFlow(argument, FlowInput.parse(argument));
            return ExitCode.DONE;
        } catch (IllegalArgumentException e) {
            throw refused(argument, e);
        }
    }

    /** Refuses a bad flow of an argument before anything is said about the defaults it would have had; null is none. */
    static void check(String argument) {
        if (argument == null) {
            return;
        }
        try {
            FlowInput.parse(argument);
        } catch (IllegalArgumentException e) {
            throw refused(argument, e);
        }
    }

    private static BadInputException refused(String argument, IllegalArgumentException e) {
        return new BadInputException("FLOW " + argument + ": " + e.getMessage());
    }

    /** {@code COLUMN: what is wrong}; the column is 1 where the flow as a whole is refused. */
    private static String reason(IllegalArgumentException e) {
        if (e instanceof FlowSyntaxException syntax) {
            return syntax.column() + e.getMessage().substring(e.getMessage().indexOf(':'));
        }
        return "1: " + e.getMessage();
    }

    private int readLines(Sink sink) {
        int code = ExitCode.DONE;
        long number = 0;
        BufferedReader lines = new BufferedReader(new InputStreamReader(context.in(), StandardCharsets.UTF_8));
        try {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                String text = firstField(line);
                if (text.isEmpty() && line.isBlank()
                        || number == 1 && List.of("input", "flow").contains(text)) {
                    continue;
                }
                if (!accept(text, number, sink)) {
                    code = ExitCode.BAD_INPUT;
                }
                if (number % CHECK_EVERY == 0 && context.out().checkError()) {
                    break;
                }
            }
        } catch (IOException e) {
            throw new BadInputException("standard input: " + e.getMessage());
        }
        return code;
    }

    private boolean accept(String text, long number, Sink sink) {
        try {
            sink.onFlow(text, FlowInput.parse(text));
            return true;
        } catch (IllegalArgumentException e) {
            context.err().println("standard input:" + number + ":" + reason(e));
            sink.onBadLine(text);
            return false;
        }
    }

    /** The text before the first comma; in quotes, the text between them. */
    private static String firstField(String line) {
        String text = line.strip();
        if (text.startsWith("\"")) {
            int end = text.indexOf('"', 1);
            return end < 0 ? text : text.substring(1, end);
        }
        int comma = text.indexOf(',');
        return comma < 0 ? text : text.substring(0, comma).strip();
    }
}
