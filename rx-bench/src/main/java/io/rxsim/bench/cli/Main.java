package io.rxsim.bench.cli;

import io.rxsim.bench.scenario.BadInputException;
import io.rxsim.core.run.Engine;
import io.rxsim.core.run.StopSignal;
import io.rxsim.core.virtual.VirtualEngine;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.AutoComplete;
import picocli.CommandLine;

/** The program {@code rx}. Every failure is one line on standard error and an exit code, never a stack trace. */
public final class Main {
    private Main() {}

    /** Runs a command and ends the process. */
    public static void main(String[] args) {
        Interrupt interrupt = Interrupt.install();
        int code = ExitCode.FAILED;
        try {
            code = runOnStandardStreams(args, interrupt);
        } finally {
            interrupt.finished();
        }
        System.exit(code);
    }

    private static int runOnStandardStreams(String[] args, StopSignal stop) {
        StandardOutput output = new StandardOutput(new FileOutputStream(FileDescriptor.out));
        PrintStream out = new PrintStream(output, false, StandardCharsets.UTF_8);
        int code = run(args, new CommandContext(new VirtualEngine(), stop, out, System.err, System.in));
        out.flush();
        if (output.failure() == null || output.brokenPipe()) {
            return code;
        }
        System.err.println("rx: standard output: " + output.failure());
        return ExitCode.FAILED;
    }

    /** Runs a command with the virtual engine and returns its exit code. */
    public static int run(String[] args, PrintStream out, PrintStream err, InputStream in) {
        return run(args, new VirtualEngine(), StopSignal.NEVER, out, err, in);
    }

    /** Runs a command with an engine and a stop signal and returns its exit code. */
    static int run(String[] args, Engine engine, StopSignal stop, PrintStream out, PrintStream err, InputStream in) {
        return run(args, new CommandContext(engine, stop, out, err, in));
    }

    private static int run(String[] args, CommandContext context) {
        try {
            return commandLine(context).execute(args);
        } catch (OutOfMemoryError e) {
            context.note("failed: out of memory, more heap is needed, e.g. RX_JAVA_OPTS=-Xmx4g, or a lower max_flows");
            return ExitCode.FAILED;
        }
    }

    /** The commands. A new one is a class and a line here. */
    static CommandLine commandLine(CommandContext context) {
        return commandLine(context, new BenchCommand(context));
    }

    /** The commands, with the one that depends on the jar. */
    static CommandLine commandLine(CommandContext context, BenchCommand bench) {
        CommandLine rx = new CommandLine(new RxCommand());
        rx.addSubcommand(new RunCommand(context));
        rx.addSubcommand(new ReplayCommand(context));
        rx.addSubcommand(new LiveCommand(context));
        rx.addSubcommand(new ExplainCommand(context));
        rx.addSubcommand(new HashCommand(context));
        rx.addSubcommand(PortsCommand.commandLine(context));
        rx.addSubcommand(new SysctlCommand(context));
        rx.addSubcommand(new CommandLine(new VerifyCommand())
                .addSubcommand(new VerifyCommand.Recorded(context))
                .addSubcommand(new VerifyKernelCommand(context))
                .addSubcommand(new KernelPeerCommand(context))
                .addSubcommand(new PortRecorderCommand())
                .addSubcommand(new VerifyPerfCommand(context))
                .addSubcommand(new VerifyPadataCommand(context)));
        rx.addSubcommand(bench);
        rx.addSubcommand(new AutoComplete.GenerateCompletion());
        rx.setOut(new PrintWriter(context.out(), true, StandardCharsets.UTF_8));
        rx.setErr(new PrintWriter(context.err(), true, StandardCharsets.UTF_8));
        rx.setUsageHelpWidth(100);
        rx.setExpandAtFiles(false);
        rx.setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF));
        rx.setParameterExceptionHandler(UsageErrors::report);
        rx.setExecutionExceptionHandler((failure, command, parsed) -> failed(context, failure));
        return rx;
    }

    private static int failed(CommandContext context, Exception failure) {
        if (failure instanceof BadInputException) {
            context.err().println(failure.getMessage());
            return ExitCode.BAD_INPUT;
        }
        String message = failure.getMessage() == null
                ? failure.getClass().getSimpleName()
                : failure.getMessage().replaceAll("\\s*\\R\\s*", " ");
        context.note("failed: " + message);
        return ExitCode.FAILED;
    }
}
