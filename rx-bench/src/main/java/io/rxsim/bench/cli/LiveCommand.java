package io.rxsim.bench.cli;

import io.rxsim.bench.report.JsonText;
import io.rxsim.bench.report.LiveReportText;
import io.rxsim.bench.scenario.BadInputException;
import io.rxsim.core.live.LiveHost;
import io.rxsim.core.live.LiveReport;
import io.rxsim.core.live.LiveSettings;
import io.rxsim.core.live.LiveWait;
import io.rxsim.core.run.HashKeys;
import io.rxsim.core.run.Machine;
import io.rxsim.workload.netty.Inbound;
import io.rxsim.workload.netty.ListenAddress;
import io.rxsim.workload.netty.LiveServer;
import io.rxsim.workload.netty.NettyTransport;
import io.rxsim.workload.spec.PacketHashing;
import io.rxsim.workload.spec.TimeSpan;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code rx live}: the live engine behind real sockets. */
@Command(
        name = "live",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = {
            "Listens on real sockets, steers what arrives over simulated CPUs as the kernel would, and answers. Prints"
                    + " latencies per stage and CPU once a second, and everything at the end (Ctrl-C, or --duration)."
        },
        footer = {
            "",
            "Examples:",
            "  rx live --listen udp:127.0.0.1:11111 --queues 2 --cpus 4 --rps f --rfs 32768 --app sockperf",
            "  rx live --listen tcp:127.0.0.1:6380 --cpus 4 --rps f --app proxy:127.0.0.1:6379 --duration 10s"
        })
final class LiveCommand implements Callable<Integer> {
    private static final long LOOK_NS = 20_000_000;
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final long MAX_DURATION_NS = 86_400_000_000_000L;
    private static final int SOCKET_PACKETS = 512;

    private final CommandContext context;

    @Option(
            names = "--listen",
            paramLabel = "udp:ADDRESS:PORT|tcp:ADDRESS:PORT",
            required = true,
            description = "Where to listen; repeatable. Only this host reaches loopback addresses.")
    private List<String> listen = new ArrayList<>();

    @Mixin
    private LiveHostOptions host = new LiveHostOptions();

    @Option(
            names = "--app",
            paramLabel = "echo|sink|sockperf|proxy:ADDRESS:PORT",
            description = "What receivers do; one receiver runs on each simulated CPU. Default echo.")
    private String app = "echo";

    @Option(names = "--max-connections", paramLabel = "N", description = "Accepted at once, default 1000.")
    private int maxConnections = 1000;

    @Option(
            names = "--max-flows",
            paramLabel = "N",
            description = "Connections and datagram sources in all, default 4096; more are refused and counted.")
    private int maxFlows = 4096;

    @Option(
            names = "--transport",
            paramLabel = "epoll|io_uring|nio",
            description = "How sockets are polled, default epoll where it is available.")
    private String transport;

    @Option(names = "--duration", paramLabel = "TIME", description = "Ends after this time, default at Ctrl-C.")
    private String duration;

    @Option(names = "--interval", paramLabel = "TIME", description = "Between two reports, default 1s.")
    private String interval = "1s";

    @Option(
            names = "--record",
            paramLabel = "FILE",
            description = "Record what is steered as pcapng: headers, RX queue, RSS hash, decision, head and tail.")
    private String record;

    @Option(names = "--seed", paramLabel = "N", description = "Seed of the hash keys, default 1.")
    private long seed = 1;

    @Option(
            names = "--format",
            paramLabel = "table|json",
            description = "Result as a table (default), or as one JSON object without the reports before it.")
    private String format = "table";

    private enum Format {
        TABLE,
        JSON
    }

    LiveCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException {
        Format shape = FormatOption.parse(Format.values(), format);
        long intervalNs = time("--interval", interval);
        long untilNs = duration == null ? Long.MAX_VALUE : time("--duration", duration);
        LiveWait wait = host.waitStrategy();
        Machine machine = host.machine();
        LiveServer.Options options = checked("rx live", this::options);
        LiveServer.Application application = checked("--app", () -> LiveServer.application(app));
        LiveSettings settings = LiveSettings.DEFAULT.withWait(wait);
        try (LiveHost<Inbound> live =
                checked("rx live", () -> new LiveHost<>(machine, host.steering(), settings, application.drops()))) {
            RecordFile recording = record == null
                    ? null
                    : RecordFile.open(record, live, machine.nic().queues());
            PacketHashing hashing = new PacketHashing(machine.rules(), HashKeys.ofSeed(seed));
            try (LiveServer server = new LiveServer(live, application, hashing, options)) {
                server.start(wait);
                announce(server, options);
                watch(live, server, shape, intervalNs, untilNs);
                server.stop(PATIENCE);
                LiveReport report = live.stop(PATIENCE);
                return show(shape, report, counts(server), recording);
            } catch (IOException refused) {
                throw new BadInputException("--listen " + refused.getMessage());
            }
        }
    }

    private LiveServer.Options options() {
        List<ListenAddress> addresses =
                listen.stream().map(ListenAddress::parse).toList();
        NettyTransport polled = transport == null ? NettyTransport.best() : NettyTransport.of(transport);
        return new LiveServer.Options(addresses, polled, maxConnections, maxFlows, SOCKET_PACKETS);
    }

    private static <T> T checked(String where, Supplier<T> made) {
        try {
            return made.get();
        } catch (IllegalArgumentException e) {
            throw new BadInputException(where + ": " + e.getMessage());
        }
    }

    private static long time(String option, String text) {
        return checked(option, () -> TimeSpan.parseNs(option.substring(2), text, 1_000_000, MAX_DURATION_NS));
    }

    private void announce(LiveServer server, LiveServer.Options options) {
        List<String> where = new ArrayList<>();
        for (int i = 0; i < server.addresses().size(); i++) {
            where.add(server.addresses().get(i).toString().replaceFirst("^.*/", ""));
        }
        context.note("listening on " + String.join(", ", where) + " by "
                + options.transport().label());
        for (ListenAddress address : options.listen()) {
            if (!address.isLoopback()) {
                context.note(address + " can be reached from other hosts");
            }
            if (address.udp() && !options.transport().sharesPorts() && host.queues > 1) {
                context.note(address + ": this transport has one UDP socket, so all its datagrams come over rx-0");
            }
        }
    }

    private void watch(LiveHost<Inbound> live, LiveServer server, Format shape, long intervalNs, long untilNs) {
        final long startNs = System.nanoTime();
        long reportedNs = startNs;
        boolean noted = false;
        while (!context.stop().stopRequested() && live.failure() == null) {
            long nowNs = System.nanoTime();
            if (nowNs - startNs >= untilNs) {
                return;
            }
            if (nowNs - reportedNs >= intervalNs) {
                if (shape == Format.TABLE) {
                    String text = LiveReportText.interval(
                            (nowNs - startNs) / 1e9, (nowNs - reportedNs) / 1e9, live.interval());
                    context.out().print(text);
                    context.out().flush();
                }
                reportedNs = nowNs;
            }
            if (!noted && server.firstAcceptFailure() != null) {
                noted = true;
                context.note(server.firstAcceptFailure());
            }
            LockSupport.parkNanos(LOOK_NS);
        }
    }

    private Map<String, Object> counts(LiveServer server) {
        Map<String, Object> counts = new LinkedHashMap<>();
        counts.put("app", app.toLowerCase(Locale.ROOT));
        counts.put("connections", server.accepted());
        counts.put("connectionsRefused", server.refused());
        counts.put("sourcesRefused", server.refusedSources());
        counts.put("acceptFailures", server.acceptFailures());
        return counts;
    }

    private int show(Format shape, LiveReport report, Map<String, Object> counts, RecordFile recording) {
        boolean kept = recording == null || recording.finish(context, counts, PATIENCE);
        context.out()
                .print(
                        shape == Format.JSON
                                ? JsonText.of(LiveReportText.json(report, counts))
                                : LiveReportText.table(report, counts));
        context.out().flush();
        boolean failed =
                !kept || !report.brokenLaws().isEmpty() || report.order().violations() > 0;
        return failed ? ExitCode.FAILED : ExitCode.DONE;
    }
}
