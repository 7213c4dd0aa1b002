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
            if (text == null) {
                section.recordDefault(setting.name(), setting.defaultValue());
                values.put(setting.name(), setting.defaultValue());
                continue;
            }
            section.record(setting.name(), text);
            values.put(setting.name(), text);
        }
        section.finish();
        return new TestWorkload(test, values, section);
    }

    @Override
    public String describe() {
        StringBuilder text = new StringBuilder(test);
        values.forEach(
                (name, value) -> text.append(' ').append(name).append('=').append(value));
        return text.toString();
    }

    @Override
    public boolean endless() {
        return true;
    }

    @Override
    public Load.Pacing pacing() {
        return Load.Pacing.TIMED;
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

    @Override
    public int responseBytes() {
        return checked(() -> WorkloadCatalog.responseBytes(test, values));
    }
}
