package io.rxsim.bench.micro;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Under what figures were measured.
 *
 * @param cpu model of the processor
 * @param processors processors that the JVM sees
 * @param jdk version and name of the virtual machine
 * @param flags arguments of the virtual machine
 * @param commit of the sources beside the program, marked where files have changed since; {@code unknown} without git
 * @param loadAverage runnable threads over the last minute, at the start and at the end; negative if not known
 */
public record Conditions(
        String cpu, int processors, String jdk, List<String> flags, String commit, List<Double> loadAverage) {
    private static final String UNKNOWN = "unknown";
    private static final int GIT_SECONDS = 10;

    /** Copies the lists. */
    public Conditions {
        flags = List.copyOf(flags);
        loadAverage = List.copyOf(loadAverage);
    }

    /** The load average of now. */
    public static double loadNow() {
        return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    }

    /**
     * The conditions of a measurement that has just ended.
     *
     * @param sources a folder of the sources' repository
     * @param loadAtStart load average before the first benchmark
     */
    public static Conditions atEnd(Path sources, double loadAtStart) {
        return new Conditions(
                cpuModel(Path.of("/proc/cpuinfo")),
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("java.vm.version") + " " + System.getProperty("java.vm.name"),
                ManagementFactory.getRuntimeMXBean().getInputArguments(),
                commit(sources),
                List.of(loadAtStart, loadNow()));
    }

    /** The first model in Linux's list of processors. */
    static String cpuModel(Path cpuinfo) {
        try {
            return Files.readAllLines(cpuinfo).stream()
                    .filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse(UNKNOWN);
        } catch (IOException e) {
            return UNKNOWN;
        }
    }

    /** The commit checked out in the repository that holds a folder. */
    static String commit(Path folder) {
        try {
            Process git = new ProcessBuilder("git", "describe", "--always", "--dirty", "--abbrev=12", "--exclude=*")
                    .directory(folder.toFile())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String answer = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            boolean ended = git.waitFor(GIT_SECONDS, TimeUnit.SECONDS);
            return ended && git.exitValue() == 0 && !answer.isEmpty() ? answer : UNKNOWN;
        } catch (IOException e) {
            return UNKNOWN;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return UNKNOWN;
        }
    }
}
