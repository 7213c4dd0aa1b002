package io.rxsim.bench.verify.kernel;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A process that lives as long as its standard input: it ends by itself when the pipe is closed, which the kernel does for a parent that
 * is killed. Lines go to and fro. One thread.
 */
final class ChildProcess implements AutoCloseable {
    private static final String READY = "ready";
    private static final long PATIENCE_S = 20;

    private final String what;
    private final Process process;
    private final BufferedWriter commands;
    private final BufferedReader answers;

    private ChildProcess(String what, Process process) {
        this.what = what;
        this.process = process;
        commands = new BufferedWriter(new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8));
        answers = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /**
     * Starts a process that says {@code ready} when it is.
     *
     * @param what its name in messages
     * @param keepErrors whether its standard error counts as its answer
     * @throws SkippedException with what it said instead
     */
    static ChildProcess start(String what, List<String> command, boolean keepErrors) {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().remove("JAVA_TOOL_OPTIONS");
        builder.environment().put("LC_ALL", "C");
        if (keepErrors) {
            builder.redirectErrorStream(true);
        } else {
            builder.redirectError(ProcessBuilder.Redirect.DISCARD);
        }
        try {
            ChildProcess child = new ChildProcess(what, builder.start());
            child.awaitReady();
            return child;
        } catch (IOException e) {
            throw new SkippedException(what + ": " + e.getMessage());
        }
    }

    private void awaitReady() throws IOException {
        StringBuilder said = new StringBuilder();
        for (String line = answers.readLine(); line != null; line = answers.readLine()) {
            if (line.equals(READY)) {
                return;
            }
            said.append(said.isEmpty() ? "" : "; ").append(line);
        }
        close();
        throw new SkippedException(what + ": " + (said.isEmpty() ? "ended at once" : said));
    }

    /** Sends a line that is not answered. */
    void tell(String line) {
        try {
            commands.write(line);
            commands.newLine();
            commands.flush();
        } catch (IOException e) {
            throw new VerificationException(what + " has ended", e);
        }
    }

    /** Sends a line and waits for the answer. */
    String ask(String line) {
        tell(line);
        return readLine();
    }

    /** The next line it says. */
    String readLine() {
        try {
            String line = answers.readLine();
            if (line == null) {
                throw new VerificationException(what + " ended instead of answering");
            }
            return line;
        } catch (IOException e) {
            throw new VerificationException(what, e);
        }
    }

    /** Its process id. */
    long pid() {
        return process.pid();
    }

    /** Ends its input and waits until it has gone; kills it after twenty seconds. */
    @Override
    public void close() {
        try {
            commands.close();
        } catch (IOException e) {
            process.destroy();
        }
        try {
            if (!process.waitFor(PATIENCE_S, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
