package io.rxsim.bench.verify.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rxsim.core.kernel.KernelRules;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Against the kernel this runs on; aborted with the reason where that cannot be verified. */
@Timeout(240)
class KernelVerifierTest {
    private static final long PATIENCE_S = 100;

    @BeforeAll
    static void needAKernelThatCanBeVerified() {
        try {
            Prerequisites.check();
            KernelMachine.read(Prerequisites.allowedCpus());
            new Watcher("rxsim-" + ProcessHandle.current().pid()).close();
        } catch (SkippedException e) {
            Assumptions.abort("SKIPPED: " + e.getMessage());
        }
    }

    @Test
    void shouldAgreeWithTheRunningKernelAndLeaveItsSettings() {
        Map<Path, String> before = KernelSettings.global();

        KernelReport report = verify("settings", "rps-queues", "rfs-slots-16");

        assertThat(report.configurations()).hasSize(2);
        assertThat(report.configurations()).allSatisfy(result -> {
            assertThat(result.firstDisagreement()).isNull();
            assertThat(result.counts().compared()).isGreaterThan(100);
        });
        assertThat(report.settings())
                .hasSizeGreaterThan(10)
                .allSatisfy(setting -> assertThat(setting.firstDisagreement()).isNull())
                .allSatisfy(setting -> assertThat(setting.writes()).isPositive());
        assertThat(report.saysSomething()).isTrue();
        assertThat(KernelSettings.global()).isEqualTo(before);
    }

    @Test
    void shouldPutEverythingBackWhenItIsKilled() throws Exception {
        Map<Path, String> before = KernelSettings.global();
        Process rx = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "io.rxsim.bench.cli.Main",
                        "verify",
                        "kernel",
                        "--only",
                        "head-advance-weight-4",
                        "--only",
                        "rfs-wander")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        List<ProcessHandle> all = new ArrayList<>();
        try {
            awaitOthers(rx, before);
            rx.descendants().forEach(all::add);
        } finally {
            rx.destroyForcibly();
        }
        assertThat(all).as("watcher, two namespaces, two peers").hasSizeGreaterThanOrEqualTo(5);
        for (ProcessHandle process : all) {
            awaitEnd(process);
        }

        assertThat(KernelSettings.global()).isEqualTo(before);
        assertThat(isThere("rxsim-" + rx.pid())).as("trace instance").isFalse();
    }

    @Test
    void shouldRefuseAConfigurationThatDoesNotExist() {
        assertThatThrownBy(() -> verify("helt"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("configuration helt is unknown, allowed are settings, none, rps-first");
    }

    private static KernelReport verify(String... only) {
        try {
            return new KernelVerifier(KernelRules.V6_18, null, null, name -> {}).verify(List.of(only));
        } catch (SkippedException e) {
            return Assumptions.abort("SKIPPED: " + e.getMessage());
        }
    }

    private static void awaitOthers(Process rx, Map<Path, String> before) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_S);
        while (KernelSettings.global().equals(before)) {
            Assumptions.assumeTrue(rx.isAlive(), "another verification was running");
            assertThat(System.nanoTime()).as("no setting was changed").isLessThan(end);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
    }

    private static void awaitEnd(ProcessHandle process) throws ExecutionException, InterruptedException {
        try {
            process.onExit().get(PATIENCE_S, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new AssertionError("still alive: " + process.info(), e);
        }
    }

    private static boolean isThere(String instance) throws IOException, InterruptedException {
        String script =
                "[ -d /sys/kernel/tracing/instances ] || mount -t tracefs tracefs /sys/kernel/tracing; ls /sys/kernel/tracing/instances";
        Process list = new ProcessBuilder("unshare", "--mount", "sh", "-c", script).start();
        String names = new String(list.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(list.waitFor()).isZero();
        return names.lines().anyMatch(instance::equals);
    }
}
