package io.rxsim.bench.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The classes of all four modules keep the arrows of the architecture and the determinism contract. */
class ArchitectureTest {
    private static final JavaClasses PRODUCT = new ClassFileImporter()
            .withImportOption(ArchitectureTest::isProduct)
            .importPackages("io.rxsim");

    @TestFactory
    Stream<DynamicTest> shouldHaveNoOtherArrowThanThese() {
        return tests(new ArrowRules("io.rxsim", "").all());
    }

    @TestFactory
    Stream<DynamicTest> shouldBeDeterministicWhereAVirtualRunTouches() {
        return tests(new DeterminismRules("io.rxsim").all());
    }

    @Test
    void shouldHaveSeenAllFourModules() {
        assertThat(PRODUCT)
                .extracting(type -> type.getPackageName().split("\\.")[2])
                .contains("core", "steering", "workload", "bench");
    }

    /** Neither tests nor benchmarks. ArchUnit's own option knows only the build folder {@code target}. */
    private static boolean isProduct(Location location) {
        return !location.contains("/test-classes/") && !location.contains("/jmh-classes/");
    }

    private static Stream<DynamicTest> tests(Map<String, ArchRule> rules) {
        return rules.entrySet().stream()
                .map(rule -> DynamicTest.dynamicTest(
                        rule.getKey(), () -> rule.getValue().check(PRODUCT)));
    }
}
