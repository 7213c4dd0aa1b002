package io.rxsim.bench.verify.kernel;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Puts this process before others, as its children are, so that a call follows the other within the milliseconds for which a backlog is
 * held up, also on a busy machine. One thread.
 */
final class Priority {
    static final String NICE = "-20";

    private Priority() {}

    /** Raises the priority of every thread that this process has now. */
    static void raise() {
        List<String> command = new ArrayList<>(List.of("renice", "-n", NICE, "-p"));
        try (DirectoryStream<Path> threads = Files.newDirectoryStream(Path.of("/proc/self/task"))) {
            threads.forEach(thread -> command.add(thread.getFileName().toString()));
        } catch (IOException e) {
            throw new VerificationException("/proc/self/task", e);
        }
        try {
            SystemCommand.run(command);
        } catch (VerificationException e) {
            // A thread may have ended meanwhile; the others are served all the same.
            return;
        }
    }
}
