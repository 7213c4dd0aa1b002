package io.rxsim.bench.scenario;

import io.rxsim.core.kernel.KernelRules;
import io.rxsim.core.run.ArrivalMix;
import io.rxsim.core.run.ArrivalSource;
import io.rxsim.core.run.HashKeys;
import io.rxsim.core.run.Load;
import io.rxsim.core.run.NearNames;
import io.rxsim.core.run.RandomStreams;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * {@code workload:} as a list: several tests at once, each with a {@code name}. The seed of each is drawn from the run's by its
 * name, so that leaving one out does not change the packets of the others.
 */
final class MixedWorkload implements Workload {
    private static final String NAME = "[A-Za-z][A-Za-z0-9_-]{0,15}";

    private final Map<String, TestWorkload> tests;

    private MixedWorkload(Map<String, TestWorkload> tests) {
        this.tests = tests;
    }

    /** Reads the list under a key of the scenario. */
    static MixedWorkload read(Section root, String key) {
        Map<String, TestWorkload> tests = new LinkedHashMap<>();
        long flows = 0;
        for (Section section : root.sections(key)) {
            String name = section.requiredText("name");
            if (!name.matches(NAME)) {
                throw section.error(
                        "name",
                        "name=" + name + ", allowed are a letter and up to 15 letters, digits, dashes and underscores");
            }
            if (section.has("capture")) {
                throw section.errorAtKey("capture", "capture: not in a list of workloads, allowed is test");
            }
            TestWorkload test = TestWorkload.read(section);
            if (test.clientThreads(0) != null) {
                throw section.error("client", "client=mirror: not in a list of workloads, allowed is cost");
            }
            if (test.pacing() != Load.Pacing.TIMED) {
                throw section.error("outstanding", "outstanding: not in a list of workloads, allowed is 0");
            }
            flows += test.flows();
            if (tests.put(name, test) != null) {
                throw section.error("name", "name=" + name + " is used by an earlier workload");
            }
        }
        if (tests.isEmpty() || flows > ArrivalMix.MAX_FLOWS) {
            throw root.error(
                    key,
                    tests.isEmpty()
                            ? "workload: the list is empty, allowed is at least one, e.g. - {name: a, test: TCP_RR}"
                            : "workload: " + flows + " flows together, allowed is " + ArrivalMix.MAX_FLOWS);
        }
        return new MixedWorkload(tests);
    }

    /**
     * A list with changes to its members.
     *
     * @param list the workloads
     * @param changes settings by name of the workload; one without a value leaves it out
     */
    static Tree.Sequence changed(Tree.Sequence list, Tree.Mapping changes) {
        List<String> names = list.items().stream().map(MixedWorkload::name).toList();
        changes.entries().forEach((name, entry) -> {
            if (!names.contains(name)) {
                throw new BadInputException(entry.keyAt(), "unknown workload " + name + NearNames.hint(name, names));
            }
        });
        List<Tree> items = new ArrayList<>();
        for (Tree item : list.items()) {
            Tree.Entry change = changes.entries().get(name(item));
            if (change == null || !(item instanceof Tree.Mapping settings)) {
                items.add(item);
            } else if (change.value() instanceof Tree.Mapping over) {
                items.add(Overlay.merge(settings, over));
            } else if (!(change.value() instanceof Tree.Scalar scalar && scalar.isNull())) {
                throw new BadInputException(
                        change.value().at(),
                        name(item) + ": expected keys and values, or ~ to leave the workload out, found "
                                + change.value().kind());
            }
        }
        return new Tree.Sequence(items, list.at());
    }

    private static String name(Tree item) {
        Tree.Entry name =
                item instanceof Tree.Mapping mapping ? mapping.entries().get("name") : null;
        return name != null && name.value() instanceof Tree.Scalar scalar ? scalar.text() : "";
    }

    @Override
    public String describe() {
        return tests.entrySet().stream()
                .map(test -> test.getKey() + ": " + test.getValue().describe())
                .collect(Collectors.joining("; "));
    }

    @Override
    public boolean endless() {
        return true;
    }

    @Override
    public boolean encrypted() {
        return tests.values().stream().anyMatch(TestWorkload::encrypted);
    }

    @Override
    public Load.Pacing pacing() {
        return Load.Pacing.TIMED;
    }

    @Override
    public ArrivalSource.Factory arrivals(KernelRules rules, HashKeys keys, long seed) {
        Map<String, ArrivalSource.Factory> sources = new LinkedHashMap<>();
        tests.forEach((name, test) -> {
            long itsSeed = RandomStreams.stream(seed, "workload/" + name).nextLong();
            sources.put(name, test.arrivals(rules, keys, itsSeed));
        });
        return () -> new ArrivalMix(sources.entrySet().stream()
                .map(source -> part(source.getKey(), source.getValue()))
                .toList());
    }

    private ArrivalMix.Part part(String name, ArrivalSource.Factory source) {
        TestWorkload test = tests.get(name);
        return new ArrivalMix.Part(name, source.open(), test.flows(), test.responseBytes());
    }
}
