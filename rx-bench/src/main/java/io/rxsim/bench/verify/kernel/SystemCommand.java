package io.rxsim.bench.verify.kernel;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A command of the system that is run to its end. No shell is involved. */
final class SystemCommand {
    private SystemCommand() {}

    /**
     * Runs a command.
     *
     * @throws VerificationException with what it said, if it fails
     */
    static void run(List<String> command) {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("LC_ALL", "C");
        builder.redirectErrorStream(true);
        try {
            Process process = builder.start();
            process.getOutputStream().close();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            int code = process.waitFor();
            if (code != 0) {
                throw new VerificationException(String.join(" ", command) + ": exit " + code + ": " + said);
            }
        } catch (IOException e) {
            throw new VerificationException(command.get(0), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new VerificationException(command.get(0) + " was interrupted");
        }
    }

    /** Whether a command of this name is on PATH. */
    static boolean exists(String name) {
        String path = System.getenv("PATH");
        for (String folder : (path == null ? "" : path).split(":")) {
            if (!folder.isEmpty() && Files.isExecutable(Path.of(folder, name))) {
                return true;
            }
        }
        return false;
    }
}
