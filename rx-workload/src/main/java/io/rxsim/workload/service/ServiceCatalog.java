package io.rxsim.workload.service;

import io.rxsim.core.run.Catalog;
import io.rxsim.core.run.RandomStreams;
import io.rxsim.core.run.ServiceTime;
import io.rxsim.workload.random.Exponential;
import io.rxsim.workload.spec.Term;
import io.rxsim.workload.spec.TimeSpan;

/** Distributions of an application's work per packet, by name. A new one is a line here. */
public final class ServiceCatalog {
    private static final String FAMILY = "service";

    private ServiceCatalog() {}

    /** Makes service times of a term's arguments and the seed of the run. */
    @FunctionalInterface
    public interface Member {
        /**
         * Reads the arguments.
         *
         * @throws IllegalArgumentException naming what is allowed
         */
        ServiceTime.Factory of(Term term, long seed);
    }

    /** All distributions. */
    public static Catalog<Member> catalog() {
        return new Catalog<Member>(FAMILY)
                .with("constant", ServiceCatalog::constant)
                .with("exponential", ServiceCatalog::exponential);
    }

    /**
     * Parses a service time.
     *
     * @param text a time such as {@code 1us} (or {@code 0}), {@code constant:1us} or {@code exponential:MEAN}
     * @param seed the run's seed, which draws depend on
     * @throws IllegalArgumentException for anything else, naming what is allowed
     */
    public static ServiceTime.Factory parse(String text, long seed) {
        if (!text.isEmpty() && Character.isDigit(text.charAt(0))) {
            return ServiceTime.Factory.constant(TimeSpan.parseNs(FAMILY, text, 0, ServiceTime.MAX_NS));
        }
        Term term = Term.parse(FAMILY, text);
        return catalog().get(term.name()).of(term, seed);
    }

    private static ServiceTime.Factory constant(Term term, long seed) {
        return ServiceTime.Factory.constant(timeNs(term, "constant:TIME, for example constant:1us"));
    }

    private static ServiceTime.Factory exponential(Term term, long seed) {
        long meanNs = timeNs(term, "exponential:MEAN, for example exponential:20us");
        return () -> {
            Exponential times = Exponential.ofMeanNs(meanNs, RandomStreams.stream(seed, "service"));
            return flow -> times.nextNs();
        };
    }

    private static long timeNs(Term term, String form) {
        return TimeSpan.parseNs(FAMILY, term.arguments(1, 1, form).get(0), 1, ServiceTime.MAX_NS);
    }
}
