package io.rxsim.bench.scenario;

import io.rxsim.core.kernel.KernelRules;
import io.rxsim.core.run.Application;
import io.rxsim.core.run.HashKeys;
import io.rxsim.core.run.Load;
import io.rxsim.core.run.Machine;
import io.rxsim.core.run.Measure;
import io.rxsim.core.run.ServiceTime;
import io.rxsim.workload.PlacementCatalog;
import io.rxsim.workload.service.ServiceCatalog;
import java.nio.file.Path;
import java.util.List;

/**
 * The parts of a scenario that no variant may change: {@code workload}, {@code application}, {@code measure}, {@code seed} and
 * the kernel's hash keys.
 */
final class Settings {
    /** Keys of these parts. */
    static final List<String> KEYS = List.of("workload", "application", "measure", "seed", "flow_key", "jhash_secret");

    /** Seed of a scenario that names none. */
    static final long DEFAULT_SEED = 1;

    private static final long MAX_SEED = 999_999_999_999_999_999L;
    private static final long MAX_TIME_NS = 86_400_000_000_000L;
    private static final long MAX_THREADS = 1_000_000;
    private static final long DEFAULT_SERVICE_NS = 1_000;
    private static final long DEFAULT_DURATION_NS = 100_000_000;

    private final Section root;
    private final Section application;
    private final Workload workload;
    private final long seed;
    private final Application.PlacementFactory placement;
    private final ServiceTime.Factory service;
    private final Application.Server server;
    private final Measure measure;

    /** Reads the parts. */
    Settings(Section root, Path folder, Workload.Reader reader) {
        this.root = root;
        if (!root.has("workload")) {
            throw new BadInputException(
                    root.at(), "workload is missing, allowed is e.g. workload: {capture: FILE} or {test: UDP_STREAM}");
        }
        workload = reader.read(root.section("workload"), folder);
        application = root.section("application");
        String text = application.text("placement");
        if (text == null) {
            text = "pinned";
            application.recordDefault("placement", text);
        } else {
            application.record("placement", text);
        }
        seed = root.integer("seed", -MAX_SEED, MAX_SEED, DEFAULT_SEED);
        service = service();
        server = new Application.Server(
                (int) application.integer("threads", 0, MAX_THREADS, 0), workload.responseBytes());
        application.finish();
        measure = measure(root.section("measure"));
        placement = placement(text);
    }

    /** A time for every packet alike, or a distribution of the catalog. */
    private ServiceTime.Factory service() {
        String text = application.text("service");
        if (text == null || text.isEmpty() || !Character.isLetter(text.charAt(0))) {
            return ServiceTime.Factory.constant(
                    application.durationNs("service", 0, ServiceTime.MAX_NS, DEFAULT_SERVICE_NS));
        }
        application.record("service", text);
        try {
            return ServiceCatalog.parse(text, seed);
        } catch (IllegalArgumentException e) {
            throw application.error("service", e.getMessage());
        }
    }

    private Application.PlacementFactory placement(String text) {
        try {
            return PlacementCatalog.parse(text, seed);
        } catch (IllegalArgumentException e) {
            throw application.error("placement", e.getMessage());
        }
    }

    private Measure measure(Section section) {
        long warmup = section.durationNs("warmup", 0, MAX_TIME_NS, 0);
        String text = section.text("duration");
        boolean end = text == null ? !workload.endless() : text.equals("end");
        if (!end) {
            long duration = section.durationNs("duration", 1, MAX_TIME_NS, DEFAULT_DURATION_NS);
            section.finish();
            return new Measure(warmup, duration);
        }
        if (workload.endless()) {
            throw section.error("duration", "duration=end, but the workload has no end, allowed is a time, e.g. 1s");
        }
        if (text == null) {
            section.recordDefault("duration", "end");
        } else {
            section.record("duration", "end");
        }
        section.finish();
        return new Measure(warmup, Measure.UNTIL_END);
    }

    Workload workload() {
        return workload;
    }

    long seed() {
        return seed;
    }

    Measure measure() {
        return measure;
    }

    /** The traffic of one variant. */
    Load load(MachineReader.Result host) {
        HashKeys keys = KeysReader.read(root, host.rssKey(), seed);
        Machine machine = host.machine();
        KernelRules rules = machine.rules();
        try {
            placement.open(machine);
        } catch (IllegalArgumentException e) {
            throw application.error("placement", e.getMessage());
        }
        Application consumers = new Application(placement, service, host.rmemDefault(), server);
        return new Load(workload.arrivals(rules, keys, seed), workload.pacing(), consumers);
    }
}
