package io.rxsim.bench.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.lang.ArchRule;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The arrows between modules, packages and libraries: these and no other. Written for a root package and a prefix of library packages,
 * so that deliberately bad classes elsewhere prove that each rule can fail.
 */
final class ArrowRules {
    private final String root;
    private final String libraries;

    /**
     * Rules for one tree of packages.
     *
     * @param root package above core, steering, workload and bench
     * @param libraries prefix of library packages, empty for the real ones
     */
    ArrowRules(String root, String libraries) {
        this.root = root;
        this.libraries = libraries;
    }

    /**
     * All arrows.
     *
     * @return rules by name, in order of declaration
     */
    Map<String, ArchRule> all() {
        Map<String, ArchRule> rules = new LinkedHashMap<>();
        rules.put("modules", classes().should().resideInAnyPackage(ours("core", "steering", "workload", "bench")));
        rules.put("core", only("core", library("org.HdrHistogram", "com.lmax.disruptor"), ours("core")));
        rules.put("steering", only("steering", library(), ours("core", "steering")));
        rules.put(
                "workload",
                only("workload", library("io.netty", "org.HdrHistogram", "javax.crypto"), ours("core", "workload")));
        rules.put("netty", confined(library("io.netty"), "workload.netty"));
        rules.put("ciphers", confined(library("javax.crypto"), "workload.esp"));
        rules.put("disruptor", confined(library("com.lmax.disruptor"), "core.live", "core.padata"));
        rules.put("yaml", confined(library("org.snakeyaml", "tools.jackson", "com.fasterxml"), "bench"));
        rules.put("picocli", confined(library("picocli"), "bench"));
        rules.put("cycles", slices().matching(root + ".(**)").should().beFreeOfCycles());
        return rules;
    }

    private ArchRule only(String module, String[] librariesOfIt, String[] modulesOfIt) {
        String[] allowed = Stream.of(new String[] {"java.."}, librariesOfIt, modulesOfIt)
                .flatMap(Arrays::stream)
                .toArray(String[]::new);
        return classes()
                .that()
                .resideInAnyPackage(ours(module))
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(allowed);
    }

    private ArchRule confined(String[] library, String... packages) {
        return noClasses()
                .that()
                .resideOutsideOfPackages(ours(packages))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(library);
    }

    private String[] ours(String... packages) {
        return Stream.of(packages).map(name -> root + "." + name + "..").toArray(String[]::new);
    }

    private String[] library(String... packages) {
        return Stream.of(packages).map(name -> libraries + name + "..").toArray(String[]::new);
    }
}
