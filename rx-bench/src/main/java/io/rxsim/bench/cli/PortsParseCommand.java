package io.rxsim.bench.cli;

import io.rxsim.bench.report.Csv;
import io.rxsim.bench.report.JsonText;
import io.rxsim.bench.scenario.BadInputException;
import io.rxsim.core.port.LocalReservedPorts;
import io.rxsim.core.port.PortListException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code rx ports parse}: what the kernel makes of a list of reserved ports. */
@Command(
        name = "parse",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = {
            "Prints what the kernel reads back after a write of LIST to ip_local_reserved_ports, or the errno of the write"
                    + " and the column at which it goes wrong. Without LIST, one list per line of standard input.",
            "\\n, \\t, \\r, \\0, \\\\ and \\xHH stand for bytes. A list longer than 4095 bytes is written in several calls."
        },
        footer = {
            "",
            "Examples:",
            "  rx ports parse 8080,9148,30000-30010,8081",
            "  rx ports parse '1-3\\n7'",
            "  rx ports parse --format csv < lists.txt",
            "",
            "Exit status: 0 the kernel takes every list, 2 it refuses one."
        })
final class PortsParseCommand implements Callable<Integer> {
    private static final int CHECK_EVERY = 1024;

    /** Forms of the result. */
    private enum Form {
        TABLE,
        JSON,
        CSV
    }

    private final CommandContext context;
    private final List<Map<String, Object>> rows = new ArrayList<>();
    private Form form;

    @Parameters(arity = "0..1", paramLabel = "LIST", description = "Ports and ranges in the kernel's grammar.")
    private String list;

    @Option(
            names = "--format",
            paramLabel = "table|json|csv",
            description = "One line per list (default), one JSON array, or CSV.")
    private String format = "table";

    PortsParseCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        form = FormatOption.parse(Form.values(), format);
        if (form == Form.CSV) {
            context.out().print(Csv.line(List.of("input", "ports", "errno", "column")));
        }
        final int code = list == null ? readLines() : answer(list, "LIST");
        if (form == Form.JSON) {
            context.out().print(JsonText.of(rows));
        }
        context.out().flush();
        return code;
    }

    private int readLines() {
        int code = ExitCode.DONE;
        int number = 0;
        BufferedReader lines = new BufferedReader(new InputStreamReader(context.in(), StandardCharsets.UTF_8));
        try {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                code = Math.max(code, answer(line, "standard input:" + ++number));
                if (number % CHECK_EVERY == 0 && context.out().checkError()) {
                    break;
                }
            }
        } catch (IOException e) {
            throw new BadInputException("standard input: " + e.getMessage());
        }
        return code;
    }

    private int answer(String text, String where) {
        LocalReservedPorts file = new LocalReservedPorts();
        try {
            final int writes = file.writeAll(Escapes.bytes(text));
            print(text, file.ports().toString(), null, null);
            if (writes > 1) {
                context.note(where + ": takes " + writes
                        + " writes on one open file; the first alone sets part of the list");
            }
            return ExitCode.DONE;
        } catch (PortListException e) {
            print(text, null, e.errno().name(), e.column());
            context.err().println(where + ":" + e.column() + ": " + e.getMessage());
        } catch (IllegalArgumentException e) {
            print(text, null, "error", null);
            context.err().println(where + ": " + e.getMessage());
        }
        return ExitCode.BAD_INPUT;
    }

    private void print(String input, String ports, String errno, Integer column) {
        switch (form) {
            case TABLE -> {
                final String at = column == null ? "" : " at column " + column;
                context.out().println(errno == null ? ports : errno + at);
            }
            case CSV -> context.out().print(Csv.line(Arrays.asList(input, ports, errno, column)));
            case JSON -> {
                Map<String, Object> row = new LinkedHashMap<>();
                row.put("input", input);
                row.put("ports", ports);
                row.put("errno", errno);
                row.put("column", column);
                rows.add(row);
            }
        }
    }
}
