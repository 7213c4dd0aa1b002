package io.rxsim.workload.replay;

import io.rxsim.core.kernel.KernelRules;
import io.rxsim.core.run.Arrival;
import io.rxsim.core.run.HashKeys;
import io.rxsim.workload.capture.CaptureFile;
import io.rxsim.workload.spec.PacketHashing;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The recorded captures of the test resources, replayed. */
final class Captures {
    static final long SEED = 42;

    private Captures() {}

    static CaptureReplay replay(String name, ReplayOptions options) {
        return replay(name, options, KernelRules.V6_18);
    }

    static CaptureReplay replay(String name, ReplayOptions options, KernelRules rules) {
        try {
            Path path = Path.of(Captures.class.getResource("/captures/" + name).toURI());
            return replay(path, options, rules);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    static CaptureReplay replay(Path path, ReplayOptions options, KernelRules rules) {
        try {
            PacketHashing hashing = new PacketHashing(rules, HashKeys.ofSeed(SEED));
            return new CaptureReplay(CaptureFile.of(path.toString(), InputStream.nullInputStream()), options, hashing);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static ReplayOptions speed(String factor) {
        return new ReplayOptions(Speed.parse(factor), HostAddresses.ALL, 1_000_000);
    }

    static ReplayOptions to(String addresses) {
        return new ReplayOptions(Speed.ORIGINAL, HostAddresses.parse(addresses), 1_000_000);
    }

    static ReplayOptions maxFlows(int maxFlows) {
        return new ReplayOptions(Speed.ORIGINAL, HostAddresses.ALL, maxFlows);
    }

    static List<Arrival> arrivals(CaptureReplay replay) {
        List<Arrival> arrivals = new ArrayList<>();
        try (CaptureArrivals source = replay.open()) {
            Arrival next = new Arrival();
            while (source.next(next)) {
                arrivals.add(next);
                next = new Arrival();
            }
        }
        return arrivals;
    }

    static void drain(CaptureArrivals source) {
        Arrival arrival = new Arrival();
        while (source.next(arrival)) {
            arrival.cpu = Arrival.BY_IRQ;
        }
    }

    /** One line per packet, with all that the engine reads. */
    static String text(CaptureReplay replay) {
        StringBuilder text = new StringBuilder();
        for (Arrival a : arrivals(replay)) {
            text.append(a.timeNs).append(' ').append(a.flow).append(' ').append(a.direction);
            text.append(' ')
                    .append(a.generation)
                    .append(' ')
                    .append(a.sequence)
                    .append(' ')
                    .append(a.hash);
            text.append(' ')
                    .append(a.rssHash)
                    .append(' ')
                    .append(a.lengthBytes)
                    .append(' ')
                    .append(a.payloadBytes);
            text.append(' ')
                    .append(a.socket)
                    .append(' ')
                    .append(a.rxQueue)
                    .append(' ')
                    .append(a.cpu)
                    .append('\n');
        }
        return text.toString();
    }
}
