package io.rxsim.bench.verify.kernel;

import io.rxsim.core.kernel.KernelRules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Verifies the running kernel: writes one configuration after the other, sends packets through it, and holds the CPU of each against the
 * product's policies. Leaves the machine as it was, whatever happens ({@link Watcher}). One thread.
 */
public final class KernelVerifier {
    /** Name of the table of writes, beside those of the configurations. */
    static final String SETTINGS = "settings";

    private static final int GROUP_SOCKETS = 8000;

    private final KernelRules rules;
    private final Path keep;
    private final Path hostProfile;
    private final Consumer<String> progress;

    /**
     * A verifier.
     *
     * @param rules what the kernel is held against
     * @param keep an existing folder for the trace of each configuration, {@code NAME.trace}; null for none
     * @param hostProfile the file for what steps of the receive path cost on this machine; null for none
     * @param progress hears the name of each configuration when it begins
     */
    public KernelVerifier(KernelRules rules, Path keep, Path hostProfile, Consumer<String> progress) {
        this.rules = rules;
        this.keep = keep;
        this.hostProfile = hostProfile;
        this.progress = progress;
    }

    /**
     * Verifies.
     *
     * @param only names of the configurations to run; empty for all
     * @throws SkippedException if the running kernel cannot be verified
     * @throws IllegalArgumentException if there is no configuration of a name
     */
    public KernelReport verify(List<String> only) {
        Prerequisites.check();
        KernelMachine machine = KernelMachine.read(Prerequisites.allowedCpus());
        List<Configuration> chosen = choose(Configurations.of(machine.nrCpuIds(), machine.testCpus()), only);
        Priority.raise();
        String instance = "rxsim-" + ProcessHandle.current().pid();
        Map<Path, String> before;
        KernelReport report;
        try (Watcher watcher = new Watcher(instance)) {
            before = KernelSettings.global();
            watcher.keep(before);
            report = verify(watcher, machine, chosen, only.isEmpty() || only.contains(SETTINGS));
        }
        Map<Path, String> after = KernelSettings.global();
        if (!after.equals(before)) {
            throw new VerificationException("settings before " + before + ", after " + after);
        }
        return report;
    }

    private static List<Configuration> choose(List<Configuration> all, List<String> only) {
        List<String> names = new ArrayList<>(List.of(SETTINGS));
        all.forEach(configuration -> names.add(configuration.name()));
        for (String name : only) {
            if (!names.contains(name)) {
                throw new IllegalArgumentException(
                        "configuration " + name + " is unknown, allowed are " + String.join(", ", names));
            }
        }
        return all.stream()
                .filter(configuration -> only.isEmpty() || only.contains(configuration.name()))
                .toList();
    }

    private KernelReport verify(Watcher watcher, KernelMachine machine, List<Configuration> chosen, boolean tryWrites) {
        TraceInstance trace = new TraceInstance(watcher.instanceFolder());
        List<ConfigurationResult> results = new ArrayList<>();
        List<SettingResult> answers;
        try (VethPair pair = VethPair.make(watcher);
                Peer sender = new Peer("sender", pair.enterTx(), machine.testCpus(), trace.marker());
                Peer receiver = new Peer("receiver", pair.enterRx(), machine.testCpus(), trace.marker())) {
            watcher.child(sender.process());
            watcher.child(receiver.process());
            KernelSettings settings = new KernelSettings(pair, machine, rules, receiver);
            TestTraffic traffic = new TestTraffic(sender, receiver, machine.testCpus(), GROUP_SOCKETS);
            if (tryWrites) {
                progress.accept(SETTINGS);
                settings.tryWrites();
            }
            for (Configuration configuration : chosen) {
                progress.accept(configuration.name());
                results.add(verify(configuration, settings, traffic, trace, machine));
            }
            if (hostProfile != null) {
                progress.accept("costs");
                List<TestSettings> forCosts = Configurations.forCosts(machine.nrCpuIds(), machine.testCpus());
                CostMeasurement measurement = new CostMeasurement(settings, traffic, trace);
                HostProfileFile.write(
                        hostProfile, measurement.run(forCosts.get(0), forCosts.get(1)), machine.nrCpuIds());
            }
            answers = settings.results();
        }
        watcher.childrenAreGone();
        String release = KernelFile.read(Path.of("/proc/sys/kernel/osrelease"));
        return new KernelReport(rules, release, answers, results);
    }

    private ConfigurationResult verify(
            Configuration configuration,
            KernelSettings settings,
            TestTraffic traffic,
            TraceInstance trace,
            KernelMachine machine) {
        TestSettings inForce = settings.write(configuration.settings());
        trace.start();
        traffic.open(configuration.transport(), configuration.flows());
        configuration.schedule().run(traffic);
        traffic.pause();
        trace.stop();
        traffic.close();
        if (keep != null) {
            keepTrace(trace, keep.resolve(configuration.name() + ".trace"));
        }
        ConfigurationTally tally = new ConfigurationTally();
        long lost = trace.lost();
        TraceIndex index = new TraceIndex(trace.events());
        if (lost == 0) {
            new TraceReplay(machine.under(rules, inForce), index, tally).run();
        } else {
            index.packets().stream()
                    .filter(packet -> packet.toReceiver)
                    .forEach(packet -> tally.skip("trace events were lost"));
        }
        return tally.result(configuration.name(), inForce.text(), lost);
    }

    private static void keepTrace(TraceInstance trace, Path file) {
        try {
            Files.copy(trace.trace(), file, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new VerificationException(file + " cannot be written", e);
        }
    }
}
