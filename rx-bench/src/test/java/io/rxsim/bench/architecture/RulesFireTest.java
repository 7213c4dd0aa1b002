package io.rxsim.bench.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each rule of {@link ArchitectureTest} reports the deliberately bad classes below {@code bad}, and nothing beside them. */
class RulesFireTest {
    private static final String BAD = "io.rxsim.bench.architecture.bad";
    private static final JavaClasses CLASSES = new ClassFileImporter().importPackages(BAD);
    private static final Map<String, ArchRule> ARROWS = new ArrowRules(BAD, BAD + ".lib.").all();
    private static final Map<String, ArchRule> DETERMINISM = new DeterminismRules(BAD).all();

    @ParameterizedTest
    @CsvSource({
        "modules,   cycle.one.One",
        "core,      steering.Policy",
        "steering,  workload.Arrivals",
        "steering,  lib.picocli.CommandLine",
        "workload,  lib.org.snakeyaml.Load",
        "netty,     workload.Arrivals",
        "disruptor, core.Machine",
        "yaml,      workload.Arrivals",
        "picocli,   steering.Policy",
        "cycles,    cycle.two",
    })
    void shouldReportTheWrongArrow(String rule, String culprit) {
        assertThat(report(ARROWS.get(rule))).contains(culprit);
    }

    @Test
    void shouldHaveAWrongArrowForEveryRule() {
        assertThat(ARROWS)
                .allSatisfy((name, rule) -> assertThat(report(rule)).as(name).isNotEmpty());
    }

    @Test
    void shouldLetNettyBeWhereItBelongs() {
        assertThat(report(ARROWS.get("netty"))).doesNotContain("workload.netty.Listener");
    }

    @ParameterizedTest
    @CsvSource({
        "clocks, Clocks",
        "randomness, Randomness",
        "hash order, HashOrder",
        "math, Transcendental",
        "threads, Threads",
        "process, Process",
        "locale, DefaultLocale",
    })
    void shouldReportEachForbiddenAccess(String rule, String nested) throws ClassNotFoundException {
        String type = BAD + ".core.Forbidden$" + nested;
        String report = report(DETERMINISM.get(rule));
        assertThat(Arrays.stream(Class.forName(type).getDeclaredMethods())
                        .filter(method -> !method.isSynthetic())
                        .map(method -> type + "." + method.getName() + "("))
                .isNotEmpty()
                .allSatisfy(method -> assertThat(report).contains(method));
    }

    @Test
    void shouldReportNeitherWhatIsAllowedNorTheLiveEngine() {
        assertThat(DETERMINISM.values())
                .hasSize(7)
                .allSatisfy(rule -> assertThat(report(rule)).isNotEmpty().doesNotContain("Allowed", "LiveClock"));
    }

    private static String report(ArchRule rule) {
        return rule.evaluate(CLASSES).getFailureReport().getDetails().stream().collect(Collectors.joining("\n"));
    }
}
