package io.rxsim.bench.verify.kernel;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The process that puts everything back when the verification ends, in whatever way: the settings of the whole machine, the trace instance,
 * the processes that hold the namespaces. It waits for the end of its standard input, so that a killed parent and one that is done are the
 * same to it. It also holds the mount namespace in which tracefs is mounted. See {@code watcher.sh}. One thread.
 */
final class Watcher implements AutoCloseable {
    private static final String SCRIPT = "/io/rxsim/bench/verify/watcher.sh";

    private final ChildProcess process;
    private final String instance;

    /**
     * Starts the process. Nothing of the machine is to be changed before {@link #keep} was told of it.
     *
     * @param instance name of the trace instance, which it makes
     * @throws SkippedException if there is no tracefs, or not the events, or another verification is running
     */
    Watcher(String instance) {
        this.instance = instance;
        process = ChildProcess.start(
                "tracefs",
                List.of("setsid", "unshare", "--mount", "--", "sh", "-c", script(), "watcher", instance),
                true);
    }

    /** What to write to which file at the end. */
    void keep(Map<Path, String> before) {
        before.forEach((file, value) -> process.tell("keep " + file + " " + value));
    }

    private static String script() {
        try (InputStream in = Watcher.class.getResourceAsStream(SCRIPT)) {
            if (in == null) {
                throw new IllegalStateException(SCRIPT + " is not in the program");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The trace instance, seen from here. */
    Path instanceFolder() {
        return Path.of("/proc/" + process.pid() + "/root/sys/kernel/tracing/instances", instance);
    }

    /** A process to kill at the end, if this one is killed. */
    void child(ChildProcess child) {
        process.tell("child " + child.pid());
    }

    /** The processes it was told of have ended. */
    void childrenAreGone() {
        process.tell("gone");
    }

    /** Puts everything back; returns when it is done. */
    @Override
    public void close() {
        process.close();
    }
}
