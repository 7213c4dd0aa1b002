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
 * The parts of a scenario that no variant may change: {@code workload}, {@code application}, {@code measure}, {@code repeat},
 * {@code seed} and the kernel's hash keys.
 */
final class Settings {
    /** Keys of these parts. */
    static final List<String> KEYS =
            List.of("workload", "application", "measure", "repeat", "seed", "flow_key", "jhash_secret");

    /** Seed of a scenario that names none. */
    static final long DEFAULT_SEED = 1;

    private static final long MAX_SEED = 999_999_999_999_999_999L;
    private static final long MAX_TIME_NS = 86_400_000_000_000L;
    private static final long MAX_THREADS = 1_000_000;
    private static final long DEFAULT_SERVICE_NS = 1_000;
    private static final String DEFAULT_PLACEMENT = "pinned";
    private static final long DEFAULT_DURATION_NS = 100_000_000;

    private final Section root;
    private final Section application;
    private final Workload workload;
    private final int repeat;
    private final long seed;
    private final String placement;
    /** The same work for every packet, or null where {@link #serviceText} names a distribution. */
    private final ServiceTime.Factory constantService;

    private final String serviceText;
    private final Application.Server server;
    private final Measure measure;

    /** Reads the parts. */
    Settings(Section root, Path folder, Workload.Reader reader) {
        this.root = root;
        if (!root.has("workload")) {
            throw new BadInputException(
                    root.at(), "workload is missing, allowed is e.g. workload: {capture: FILE} or {test: UDP_STREAM}");
        }
        workload = root.find("workload") instanceof Tree.Sequence
                ? MixedWorkload.read(root, "workload")
                : reader.read(root.section("workload"), folder);
        application = root.section("application");
        String text = application.text("placement");
        placement = text == null ? DEFAULT_PLACEMENT : text;
        if (text == null) {
            application.recordDefault("placement", placement);
        } else {
            application.record("placement", placement);
        }
        seed = root.integer("seed", -MAX_SEED, MAX_SEED, DEFAULT_SEED);
        serviceText = application.text("service");
        constantService = serviceText == null || serviceText.isEmpty() || !Character.isLetter(serviceText.charAt(0))
                ? ServiceTime.Factory.constant(
                        application.durationNs("service", 0, ServiceTime.MAX_NS, DEFAULT_SERVICE_NS))
                : null;
        if (constantService == null) {
            application.record("service", serviceText);
        }
        server = new Application.Server(
                (int) application.integer("threads", 0, MAX_THREADS, 0), workload.responseBytes());
        application.finish();
        measure = measure(root.section("measure"));
        repeat = (int) root.integer("repeat", 1, Repetitions.MAX, 1);
        placement(seed);
        service(seed);
    }

    /** A time for every packet alike, or a distribution of the catalog. */
    private ServiceTime.Factory service(long itsSeed) {
        if (constantService != null) {
            return constantService;
        }
        try {
            return ServiceCatalog.parse(serviceText, itsSeed);
        } catch (IllegalArgumentException e) {
            throw application.error("service", e.getMessage());
        }
    }

    private Application.PlacementFactory placement(long itsSeed) {
        try {
            return PlacementCatalog.parse(placement, itsSeed);
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

    int repeat() {
        return repeat;
    }

    long seed() {
        return seed;
    }

    Measure measure() {
        return measure;
    }

    /** The traffic of one variant under one seed. */
    Load load(MachineReader.Result host, long itsSeed) {
        HashKeys keys = KeysReader.read(root, host.rssKey(), itsSeed);
        Machine machine = host.machine();
        KernelRules rules = machine.rules();
        Application.PlacementFactory threads = placement(itsSeed);
        try {
            threads.open(machine);
        } catch (IllegalArgumentException e) {
            throw application.error("placement", e.getMessage());
        }
        Application consumers = new Application(threads, service(itsSeed), host.rmemDefault(), server);
        return new Load(
                workload.arrivals(rules, keys, itsSeed),
                workload.pacing(),
                consumers,
                client(consumers, itsSeed),
                workload.window());
    }

    /** The threads of a client host that is modelled in full, placed like those of the host under test; null without one. */
    private Application client(Application consumers, long itsSeed) {
        io.rxsim.workload.spec.Workload.ClientThreads threads = workload.clientThreads(itsSeed);
        return threads == null
                ? null
                : new Application(
                        consumers.placement(),
                        threads.service(),
                        consumers.rcvbufBytes(),
                        new Application.Server(server.threads(), threads.requestBytes()));
    }
}
