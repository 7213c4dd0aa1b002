package io.rxsim.bench.verify.kernel;

import io.rxsim.bench.verify.RecordedKernel;
import io.rxsim.bench.verify.RecordedVerifier;
import io.rxsim.bench.verify.VerifyReport;
import io.rxsim.core.kernel.KernelRules;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Holds a sample of the running kernel's port choices against the product: a child process in a network namespace of its own records
 * them ({@link PortRecorder}), and the checks of the recordings judge. Needs Linux, root, and a kernel of 6.15 or later. One thread.
 */
public final class KernelPorts {
    /** The hidden command that the child runs: {@code rx verify port-recorder DIR}. */
    public static final String RECORDER = "port-recorder";

    private KernelPorts() {}

    /**
     * Records and verifies.
     *
     * @param rules what the kernel is held against
     * @param seed of the model's random numbers
     * @throws SkippedException if the running kernel cannot be asked
     */
    public static VerifyReport verify(KernelRules rules, long seed) {
        Prerequisites.check();
        try {
            Path folder = Files.createTempDirectory("rxsim-ports-");
            try {
                SystemCommand.run(List.of(
                        "unshare",
                        "--net",
                        "sh",
                        "-c",
                        "ip link set lo up && exec \"$@\"",
                        "sh",
                        java(),
                        "-Djava.net.preferIPv4Stack=true",
                        "-XX:+UseSerialGC",
                        "-cp",
                        program(),
                        "io.rxsim.bench.cli.Main",
                        "verify",
                        RECORDER,
                        folder.toString()));
                return new RecordedVerifier(new RecordedKernel(rules, seed)).verify(folder);
            } finally {
                remove(folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the child does. */
    public static void record(Path folder) throws IOException {
        PortRecorder.record(folder);
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    private static String program() {
        return System.getProperty("java.class.path");
    }

    private static void remove(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }
}
