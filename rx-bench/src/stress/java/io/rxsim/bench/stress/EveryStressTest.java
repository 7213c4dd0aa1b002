package io.rxsim.bench.stress;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.openjdk.jcstress.JCStress;
import org.openjdk.jcstress.Options;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.infra.Status;
import org.openjdk.jcstress.infra.TestInfo;
import org.openjdk.jcstress.infra.collectors.TestResult;
import org.openjdk.jcstress.infra.grading.TestGrading;
import org.openjdk.jcstress.infra.runners.ForkedTestConfig;
import org.openjdk.jcstress.infra.runners.Runner;
import org.openjdk.jcstress.infra.runners.TestConfig;
import org.openjdk.jcstress.infra.runners.TestList;
import org.openjdk.jcstress.os.AffinityMode;
import org.openjdk.jcstress.os.SchedulingClass;
import org.openjdk.jcstress.vm.CompileMode;

/**
 * Every jcstress test: in this JVM for about a second each, since jcstress' own look at what the JVM can do takes longer than all of them;
 * or, where the profile {@code stress} sets {@code rx.stress.long}, by jcstress itself in JVMs of all configurations that it finds.
 */
class EveryStressTest {
    private static final boolean LONG = Boolean.getBoolean("rx.stress.long");
    /** Which tests, as a regular expression. */
    private static final String ONLY = System.getProperty("rx.stress.tests", "");

    @TestFactory
    Stream<DynamicTest> shouldSeeNothingForbidden() throws Exception {
        if (LONG) {
            Options all = options("-m", "quick", "-t", ONLY, "-r", "target/jcstress");
            // Throws where a test failed, after its report.
            return Stream.of(DynamicTest.dynamicTest("all", () -> new JCStress(all).run()));
        }
        String cpus = String.valueOf(Runtime.getRuntime().availableProcessors());
        Options brief = options(
                "-c", cpus, "-iters", "2", "-time", "300", "-hs", "256", "-strideSize", "8", "-strideCount", "256");
        return TestList.tests().stream()
                .filter(Pattern.compile(ONLY).asPredicate())
                .sorted()
                .map(name -> DynamicTest.dynamicTest(name, () -> requireNothingForbidden(run(brief, name))));
    }

    private static Options options(String... arguments) throws Exception {
        Options options = new Options(arguments);
        assertThat(options.parse()).isTrue();
        return options;
    }

    private static TestResult run(Options options, String name) throws ReflectiveOperationException {
        TestInfo info = TestList.getInfo(name);
        SchedulingClass anywhere = new SchedulingClass(AffinityMode.NONE, info.threads(), null);
        TestConfig config = new TestConfig(options, info, 0, Collections.emptyList(), CompileMode.UNIFIED, anywhere);
        Runner<?> runner = Class.forName(info.generatedRunner())
                .asSubclass(Runner.class)
                .getConstructor(ForkedTestConfig.class)
                .newInstance(new ForkedTestConfig(config));
        TestResult result = runner.run();
        result.setConfig(config);
        return result;
    }

    private static void requireNothingForbidden(TestResult result) {
        TestGrading grading = TestGrading.grade(result);
        List<String> seen = new ArrayList<>();
        grading.gradingResults.values().forEach(grade -> seen.add(grade.id + " " + grade.expect + " " + grade.count));
        System.out.println(result.getName() + ": " + seen);
        assertThat(result.status()).as(result.getMessages().toString()).isEqualTo(Status.NORMAL);
        assertThat(result.getTotalCount()).isPositive();
        assertThat(grading.gradingResults.values())
                .filteredOn(grade -> grade.expect == Expect.FORBIDDEN)
                .allSatisfy(grade -> assertThat(grade.count).as(grade.id).isZero());
        assertThat(grading.isPassed).isTrue();
    }
}
