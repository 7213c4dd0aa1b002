package io.rxsim.bench.architecture.bad.core;

import java.text.DecimalFormat;
import java.text.NumberFormat;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Collections;
import java.util.Date;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** One forbidden access per method; the nested class names the rule that must report it. */
@SuppressWarnings("all")
class Forbidden {
    static class Clocks {
        Object nanoTime() {
            return System.nanoTime();
        }

        Object currentTimeMillis() {
            return System.currentTimeMillis();
        }

        Object clock() {
            return Clock.systemUTC();
        }

        Object instant() {
            return Instant.now();
        }

        Object localDate() {
            return LocalDate.now();
        }

        Object date() {
            return new Date();
        }

        Supplier<Instant> instantByReference() {
            return Instant::now;
        }
    }

    static class Randomness {
        Object mathRandom() {
            return Math.random();
        }

        Object random() {
            return new Random(1);
        }

        Object threadLocal() {
            return ThreadLocalRandom.current();
        }

        Object splittable() {
            return new SplittableRandom();
        }

        Object generator() {
            return RandomGenerator.getDefault();
        }

        Object generatorByName() {
            return RandomGenerator.of("L64X128MixRandom");
        }

        Object generatorByFactory() {
            return RandomGeneratorFactory.of("L64X128MixRandom").create();
        }

        Object uuid() {
            return UUID.randomUUID();
        }

        void shuffle(List<?> list) {
            Collections.shuffle(list);
        }
    }

    static class HashOrder {
        Object hashMap() {
            return new HashMap<>();
        }

        Object hashSet() {
            return new HashSet<>();
        }

        Supplier<Set<?>> hashSetByReference() {
            return HashSet::new;
        }

        Object identityHashMap() {
            return new IdentityHashMap<>();
        }

        Object concurrentHashMap() {
            return new ConcurrentHashMap<>();
        }

        Object setOf() {
            return Set.of(1, 2);
        }

        Object mapOf() {
            return Map.of(1, 2, 3, 4);
        }

        Object setCopyOf(List<?> list) {
            return Set.copyOf(list);
        }

        Object mapCopyOf(Map<?, ?> map) {
            return Map.copyOf(map);
        }

        Object toSet(Stream<?> stream) {
            return stream.collect(Collectors.toSet());
        }

        Object toMap(Stream<?> stream) {
            return stream.collect(Collectors.toMap(Function.identity(), Function.identity()));
        }

        Object groupingBy(Stream<?> stream) {
            return stream.collect(Collectors.groupingBy(Function.identity()));
        }

        Object identityHashCode() {
            return System.identityHashCode(this);
        }
    }

    static class Transcendental {
        double log() {
            return Math.log(2);
        }

        double exp() {
            return Math.exp(2);
        }

        double pow() {
            return Math.pow(2, 3);
        }

        double sin() {
            return Math.sin(2);
        }

        DoubleUnaryOperator logByReference() {
            return Math::log;
        }
    }

    static class Threads {
        Object thread() {
            return new Thread(() -> {});
        }

        void sleep() throws InterruptedException {
            Thread.sleep(1);
        }

        Object executor() {
            return Executors.newCachedThreadPool();
        }

        Object future() {
            return CompletableFuture.runAsync(() -> {});
        }

        Object parallel() {
            return IntStream.range(0, 2).parallel();
        }

        Object parallelStream(List<?> list) {
            return list.parallelStream();
        }
    }

    static class Process {
        void out() {
            System.out.println();
        }

        void err() {
            System.err.println();
        }

        void exit() {
            System.exit(1);
        }

        Object environment() {
            return System.getenv("HOME");
        }

        Object property() {
            return System.getProperty("x");
        }

        Object integerProperty() {
            return Integer.getInteger("x");
        }

        Object processors() {
            return Runtime.getRuntime().availableProcessors();
        }

        void stackTrace(Exception e) {
            e.printStackTrace();
        }

        Object log() {
            return System.getLogger("x");
        }
    }

    static class DefaultLocale {
        Object format() {
            return String.format("%d", 1);
        }

        Object formatted() {
            return "%d".formatted(1);
        }

        Object lower(String s) {
            return s.toLowerCase();
        }

        Function<String, String> upperByReference() {
            return String::toUpperCase;
        }

        void print(java.io.PrintStream stream) {
            stream.printf("%d", 1);
        }

        Object number() {
            return NumberFormat.getInstance();
        }

        Object decimal() {
            return new DecimalFormat("0.0");
        }

        Object locale() {
            return Locale.getDefault();
        }

        Object zone() {
            return ZoneId.systemDefault();
        }
    }
}
