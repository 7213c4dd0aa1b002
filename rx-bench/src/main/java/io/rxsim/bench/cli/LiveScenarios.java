package io.rxsim.bench.cli;

import io.rxsim.bench.scenario.BadInputException;
import io.rxsim.bench.scenario.Study;
import io.rxsim.core.run.ArrivalMix;
import io.rxsim.core.run.ArrivalSource;
import io.rxsim.core.run.ClientHost;
import io.rxsim.core.run.Load;
import io.rxsim.core.run.Measure;
import io.rxsim.core.run.MirroredClients;
import io.rxsim.core.run.Scenario;
import io.rxsim.steering.SteeringCatalog;
import io.rxsim.workload.netty.replay.Pacing;
import io.rxsim.workload.netty.replay.SendOptions;
import io.rxsim.workload.replay.Speed;
import java.util.List;
import java.util.Map;

/** Which scenarios the live engine can play: open loops on a host that stays as it is. What it would have to leave out is refused, or said. */
final class LiveScenarios {
    private static final String WHERE = "--engine live: ";

    private LiveScenarios() {}

    /** How the packets of a study are sent, or the reason why not. */
    static SendOptions sending(Study study) {
        if (study.repetitions().count() > 1) {
            throw new BadInputException(WHERE + "repeat=" + study.repetitions().count() + ", allowed is 1");
        }
        study.variants().forEach(LiveScenarios::require);
        Scenario first = study.variants().get(0);
        boolean timed = first.load().pacing() == Load.Pacing.TIMED;
        Measure measure = first.measure();
        long durationNs = measure.durationNs() == Measure.UNTIL_END
                ? Measure.UNTIL_END
                : measure.warmupNs() + measure.durationNs();
        return new SendOptions(
                timed ? new Pacing.Scaled(Speed.ORIGINAL) : new Pacing.TopSpeed(),
                false,
                LiveReplayOptions.descriptors(),
                durationNs);
    }

    private static void require(Scenario scenario) {
        String where = WHERE + "variant " + scenario.name() + ": ";
        if (scenario.steering().name().equals(SteeringCatalog.ARFS)) {
            throw new BadInputException(where + "steering=arfs needs a modelled NIC, allowed are none, rps and rfs");
        }
        if (!scenario.timeline().changes().isEmpty()) {
            throw new BadInputException(where + "timeline: the live engine plays it on a host that does not change");
        }
        if (scenario.xfrm() != null) {
            throw new BadInputException(where + "crypto: the live engine does not decrypt");
        }
        try (ArrivalSource source = scenario.load().arrivals().open()) {
            if (source instanceof ClientHost || source instanceof MirroredClients) {
                throw new BadInputException(where + "workload.test waits for answers, allowed are open loops:"
                        + " UDP_STREAM and captures (rx live serves real clients)");
            }
            if (source instanceof ArrivalMix) {
                throw new BadInputException(where + "workload is a list, allowed is one workload");
            }
        }
    }

    /** What the scenario says and real work does not follow. */
    static List<String> notApplied(Study study) {
        Object application = study.effective().get("application");
        String of = application instanceof Map<?, ?> settings ? " (" + settings + ")" : "";
        return List.of(
                "live: applications receive and do nothing else, one thread per CPU; not applied: application" + of
                        + ", costs of the host, nic.rx_usecs, nic.gro",
                "live: the warm-up is played and counts");
    }
}
