package io.rxsim.bench.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The determinism contract: what nothing that a virtual run touches may call. A forbidden access is a pattern on
 * {@code owner.name(parameters)}, with simple names of parameter types; method references count as calls.
 */
final class DeterminismRules {
    private static final List<String> CLOCKS = List.of(
            "java.lang.System.(nanoTime|currentTimeMillis)\\(.*",
            "java.time.Clock..*",
            "java.time.([a-z]+\\.)?\\w+.now\\(.*",
            "java.util.Date.<init>\\(\\)",
            "java.util.(Calendar|GregorianCalendar).(getInstance|<init>)\\(.*",
            "java.util.(Timer|TimerTask)..*");

    private static final List<String> RANDOMNESS = List.of(
            "java.lang.Math.random\\(.*",
            "java.lang.StrictMath.random\\(.*",
            "java.util.Random..*",
            "java.security.SecureRandom..*",
            "java.util.concurrent.ThreadLocalRandom..*",
            "java.util.SplittableRandom.<init>\\(\\)",
            "java.util.random.RandomGenerator(\\$\\w+)?.(of|getDefault)\\(.*",
            "java.util.random.RandomGeneratorFactory.create\\(\\)",
            "java.util.Collections.shuffle\\(List\\)",
            "java.util.UUID.randomUUID\\(.*");

    private static final List<String> HASH_ORDER = List.of(
            "java.util.(HashMap|HashSet|IdentityHashMap|WeakHashMap|Hashtable|Properties).<init>\\(.*",
            "java.util.concurrent.ConcurrentHashMap.(<init>|newKeySet)\\(.*",
            "java.util.Collections.newSetFromMap\\(.*",
            "java.util.Set.(of|copyOf)\\(.*",
            "java.util.Map.(of|ofEntries|copyOf)\\(.*",
            "java.util.stream.Collectors.(toSet|toUnmodifiableSet|toUnmodifiableMap|toConcurrentMap|groupingByConcurrent)\\(.*",
            "java.util.stream.Collectors.toMap\\(Function, Function(, BinaryOperator)?\\)",
            "java.util.stream.Collectors.groupingBy\\(Function(, Collector)?\\)",
            "java.lang.System.identityHashCode\\(.*");

    private static final List<String> MATH = List.of(
            "java.lang.Math.(sin|cos|tan|asin|acos|atan|atan2|sinh|cosh|tanh|exp|expm1|log|log10|log1p|pow|cbrt|hypot)\\(.*");

    private static final List<String> THREADS = List.of(
            "java.lang.Thread.(<init>|start|sleep|yield|onSpinWait|startVirtualThread|ofVirtual|ofPlatform)\\(.*",
            "java.util.concurrent.(Executors|ForkJoinPool|ThreadPoolExecutor|ScheduledThreadPoolExecutor|CompletableFuture)..*",
            "[\\w.]+.parallelStream\\(.*",
            "java.util.stream.\\w*Stream.parallel\\(.*",
            "java.util.Arrays.parallel\\w+\\(.*");

    private static final List<String> PROCESS = List.of(
            "java.lang.System.(out|err|console|getLogger|exit|getProperty|getProperties|getenv)\\b.*",
            "java.lang.(Integer|Long).get(Integer|Long)\\(.*",
            "java.lang.Boolean.getBoolean\\(.*",
            "java.lang.Runtime\\..*",
            "[\\w.$]+.printStackTrace\\(.*",
            "java.util.logging..*");

    private static final List<String> LOCALE = List.of(
            "java.lang.String.format\\(String, .*",
            "java.lang.String.(formatted|toLowerCase|toUpperCase)\\((Object\\[\\])?\\)",
            "java.io.Print(Stream|Writer).(printf|format)\\(String, .*",
            "java.util.Formatter.<init>\\((?!.*Locale).*",
            "java.text.\\w+.(getInstance|get\\w+Instance|ofPattern)\\(\\)",
            "java.text.(DecimalFormat|SimpleDateFormat|MessageFormat).(<init>|format)\\(String(, Object\\[\\])?\\)",
            "java.util.Locale.getDefault\\(.*",
            "java.util.TimeZone.getDefault\\(.*",
            "java.time.ZoneId.systemDefault\\(.*",
            "java.time.format.DateTimeFormatter.ofPattern\\(String\\)",
            "java.nio.charset.Charset.defaultCharset\\(.*");

    private final String root;

    /**
     * Rules for one tree of packages.
     *
     * @param root package above core, steering, workload and bench
     */
    DeterminismRules(String root) {
        this.root = root;
    }

    /**
     * The whole contract.
     *
     * @return rules by name, in order of declaration
     */
    Map<String, ArchRule> all() {
        Map<String, ArchRule> rules = new LinkedHashMap<>();
        rules.put("clocks", banned("read a clock", CLOCKS));
        rules.put("randomness", banned("draw unseeded randomness", RANDOMNESS));
        rules.put("hash order", banned("make a collection in hash order", HASH_ORDER));
        rules.put("math", banned("call Math where only StrictMath is the same everywhere", MATH));
        rules.put("threads", banned("start or hold up a thread", THREADS));
        rules.put("process", banned("print, log or read the process's settings", PROCESS));
        rules.put(
                "locale",
                accesses(
                        "use a default locale, zone or charset",
                        LOCALE,
                        ours("core", "steering", "workload", "bench")));
        return rules;
    }

    /** Everything a virtual run touches: core, steering and workload but their live packages. */
    private ArchRule banned(String what, List<String> accesses) {
        return accesses(
                what,
                accesses,
                ours("core", "steering", "workload")
                        .and(DescribedPredicate.not(ours("core.live", "core.padata.live", "workload.netty"))));
    }

    private static ArchRule accesses(String what, List<String> accesses, DescribedPredicate<JavaClass> where) {
        Pattern forbidden = Pattern.compile(String.join("|", accesses));
        return noClasses()
                .that(where)
                .should()
                .accessTargetWhere(DescribedPredicate.describe(
                        what, access -> forbidden.matcher(signature(access)).matches()));
    }

    /** {@code java.util.Set.of(Object[])}, or {@code java.lang.System.out} for a field. */
    private static String signature(JavaAccess<?> access) {
        String name =
                access.getTargetOwner().getFullName() + "." + access.getTarget().getName();
        if (!(access.getTarget() instanceof AccessTarget.CodeUnitAccessTarget)) {
            return name;
        }
        return ((AccessTarget.CodeUnitAccessTarget) access.getTarget())
                .getRawParameterTypes().stream()
                        .map(JavaClass::getSimpleName)
                        .collect(Collectors.joining(", ", name + "(", ")"));
    }

    private DescribedPredicate<JavaClass> ours(String... packages) {
        return resideInAnyPackage(
                Stream.of(packages).map(name -> root + "." + name + "..").toArray(String[]::new));
    }
}
