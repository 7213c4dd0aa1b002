package io.rxsim.bench.verify.kernel;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What must be there before anything is touched. */
final class Prerequisites {
    private static final List<String> TOOLS =
            List.of("ip", "unshare", "nsenter", "taskset", "setsid", "mount", "nice", "renice", "sh");
    private static final Pattern RELEASE = Pattern.compile("(\\d+)\\.(\\d+).*", Pattern.DOTALL);
    private static final int FIRST_MAJOR = 6;
    private static final int FIRST_MINOR = 15;

    private Prerequisites() {}

    /**
     * Checks the system.
     *
     * @throws SkippedException with the first reason why the kernel cannot be verified here
     */
    static void check() {
        if (!System.getProperty("os.name").toLowerCase(Locale.ROOT).equals("linux")) {
            throw new SkippedException("needs Linux, this is " + System.getProperty("os.name"));
        }
        if (!isRoot()) {
            throw new SkippedException("needs root: network namespaces, tracefs and settings of the whole machine");
        }
        checkRelease(KernelFile.read(Path.of("/proc/sys/kernel/osrelease")));
        if (KernelFile.read(Path.of("/proc/version")).contains("PREEMPT_RT")) {
            throw new SkippedException(
                    "the backlogs of a PREEMPT_RT kernel are polled by threads, which is not modelled");
        }
        List<String> missing = new ArrayList<>(TOOLS);
        missing.removeIf(SystemCommand::exists);
        if (!missing.isEmpty()) {
            throw new SkippedException("not on PATH: " + String.join(", ", missing));
        }
        for (Path file : List.of(KernelSettings.RPS_SOCK_FLOW_ENTRIES, KernelSettings.DEV_WEIGHT)) {
            if (!Files.isWritable(file)) {
                throw new SkippedException(file + " cannot be written: no RPS in this kernel, or a container's /proc");
            }
        }
    }

    /** Refuses kernels whose rules are not those of 6.18. */
    static void checkRelease(String release) {
        Matcher matcher = RELEASE.matcher(release);
        if (!matcher.matches()) {
            throw new SkippedException("kernel release " + release + " is not understood");
        }
        int major = Integer.parseInt(matcher.group(1));
        int minor = Integer.parseInt(matcher.group(2));
        if (major < FIRST_MAJOR || major == FIRST_MAJOR && minor < FIRST_MINOR) {
            throw new SkippedException(
                    "kernel " + release + " chooses flow slots by an older rule; the model is that of " + FIRST_MAJOR
                            + "." + FIRST_MINOR + " and later");
        }
    }

    private static boolean isRoot() {
        try {
            return Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
        } catch (IOException e) {
            throw new SkippedException("/proc/self: " + e.getMessage());
        }
    }

    /** The CPUs this process may run on, as a list. */
    static String allowedCpus() {
        for (String line : KernelFile.read(Path.of("/proc/self/status")).split("\n")) {
            if (line.startsWith("Cpus_allowed_list:")) {
                return line.substring(line.indexOf(':') + 1).strip();
            }
        }
        throw new SkippedException("/proc/self/status has no Cpus_allowed_list");
    }
}
