package io.rxsim.bench.scenario;

import io.rxsim.core.kernel.KernelRules;
import io.rxsim.core.run.ArrivalSource;
import io.rxsim.core.run.Catalog;
import io.rxsim.core.run.HashKeys;
import io.rxsim.core.run.Load;
import io.rxsim.workload.WorkloadCatalog;
import io.rxsim.workload.spec.PacketHashing;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/** {@code workload: {test: NAME, ...}}: a generated workload of the catalog; its settings are the keys. */
final class TestWorkload implements Workload {
    private final String test;
    private final Map<String, String> values;
    private final Section section;

    private TestWorkload(String test, Map<String, String> values, Section section) {
        this.test = test;
        this.values = values;
        this.section = section;
    }

    static TestWorkload read(Section section) {
        Catalog<io.rxsim.workload.spec.Workload> catalog = WorkloadCatalog.catalog();
        String test = section.choice("test", catalog.names(), null);
        Map<String, String> values = new LinkedHashMap<>();
        for (io.rxsim.workload.spec.Workload.Setting setting : catalog.get(test).settings()) {
            String text = section.text(setting.name());
            values.put(setting.name(), text == null ? setting.defaultValue() : text);
        }
        TestWorkload workload = new TestWorkload(test, values, section);
        workload.record();
        section.finish();
        return workload;
    }

    /** Keeps the settings that are in force, and refuses others that are given. */
    private void record() {
        values.forEach((name, value) -> {
            boolean given = section.text(name) != null;
            if (!inForce(name)) {
                if (given) {
                    throw section.errorAtKey(
                            name, "workload." + name + " has no effect with client=" + values.get("client"));
                }
            } else if (given) {
                section.record(name, value);
            } else {
                section.recordDefault(name, value);
            }
        });
    }

    private boolean inForce(String name) {
        return checked(() -> WorkloadCatalog.inForce(test, values, name));
    }

    @Override
    public String describe() {
        StringBuilder text = new StringBuilder(test);
        values.forEach((name, value) -> {
            if (inForce(name)) {
                text.append(' ').append(name).append('=').append(value);
            }
        });
        return text.toString();
    }

    @Override
    public boolean endless() {
        return true;
    }

    @Override
    public Load.Pacing pacing() {
        return outstanding() == 0 ? Load.Pacing.TIMED : Load.Pacing.AS_FAST_AS_TAKEN;
    }

    @Override
    public int window() {
        return outstanding() == 0 ? Load.WINDOW : outstanding();
    }

    private int outstanding() {
        return checked(() -> WorkloadCatalog.outstanding(test, values));
    }

    @Override
    public boolean encrypted() {
        return WorkloadCatalog.catalog().get(test).encrypted();
    }

    @Override
    public ArrivalSource.Factory arrivals(KernelRules rules, HashKeys keys, long seed) {
        return checked(() -> WorkloadCatalog.prepare(test, values, new PacketHashing(rules, keys), seed));
    }

    /** What the catalog makes of the values; it names the setting first when it refuses one. */
    private <T> T checked(Supplier<T> made) {
        try {
            return made.get();
        } catch (IllegalArgumentException e) {
            String key = values.keySet().stream()
                    .filter(name -> e.getMessage().startsWith(name))
                    .findFirst()
                    .orElse("test");
            throw section.error(key, e.getMessage());
        }
    }

    /** Bound of its flow numbers. */
    int flows() {
        return checked(() -> WorkloadCatalog.flows(test, values));
    }

    @Override
    public int responseBytes() {
        return checked(() -> WorkloadCatalog.responseBytes(test, values));
    }

    @Override
    public io.rxsim.workload.spec.Workload.ClientThreads clientThreads(long seed) {
        return checked(() -> WorkloadCatalog.clientThreads(test, values, seed));
    }
}
