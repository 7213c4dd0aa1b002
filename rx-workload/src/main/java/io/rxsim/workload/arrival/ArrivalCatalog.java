package io.rxsim.workload.arrival;

import io.rxsim.core.run.Catalog;
import io.rxsim.workload.spec.Rate;
import io.rxsim.workload.spec.Term;
import io.rxsim.workload.spec.TimeSpan;
import java.util.List;

/** Arrival processes by name. A new one is a class and a line here. */
public final class ArrivalCatalog {
    private static final long MAX_PERIOD_NS = 3_600_000_000_000L;
    private static final String FAMILY = "arrivals";
    private static final String ON_OFF =
            "on-off:ON,OFF[,exponential|fixed[,poisson|constant]], for example on-off:10ms,90ms";

    private ArrivalCatalog() {}

    /** Makes a process of its term's arguments and the packet rate. */
    @FunctionalInterface
    public interface Member {
        /**
         * Reads the arguments.
         *
         * @throws IllegalArgumentException naming what is allowed
         */
        ArrivalProcess.Factory of(Term term, Rate rate);
    }

    /** All processes. */
    public static Catalog<Member> catalog() {
        return new Catalog<Member>(FAMILY)
                .with("constant", ArrivalCatalog::constant)
                .with("poisson", ArrivalCatalog::poisson)
                .with("on-off", ArrivalCatalog::onOff);
    }

    /**
     * Parses an arrival process.
     *
     * @param text {@code constant}, {@code poisson}, or {@code on-off:10ms,90ms}, where exponential periods and Poisson
     *     arrivals within the on periods are the default
     * @param rate packets per second, for on-off within the on periods
     * @throws IllegalArgumentException for anything else
     */
    public static ArrivalProcess.Factory parse(String text, Rate rate) {
        Term term = Term.parse(FAMILY, text);
        return catalog().get(term.name()).of(term, rate);
    }

    private static ArrivalProcess.Factory constant(Term term, Rate rate) {
        term.noArguments();
        return (gaps, periods) -> new ConstantArrivals(rate);
    }

    private static ArrivalProcess.Factory poisson(Term term, Rate rate) {
        term.noArguments();
        return (gaps, periods) -> new PoissonArrivals(rate, gaps);
    }

    private static ArrivalProcess.Factory onOff(Term term, Rate rate) {
        List<String> arguments = term.arguments(2, 4, ON_OFF);
        long onNs = TimeSpan.parseNs("arrivals on-off: on", arguments.get(0), 1, MAX_PERIOD_NS);
        long offNs = TimeSpan.parseNs("arrivals on-off: off", arguments.get(1), 1, MAX_PERIOD_NS);
        boolean fixed = choice(term, arguments, 2, "exponential", "fixed");
        boolean constant = choice(term, arguments, 3, "poisson", "constant");
        return (gaps, periods) -> new OnOffArrivals(
                constant ? new ConstantArrivals(rate) : new PoissonArrivals(rate, gaps),
                fixed ? OnOffArrivals.Period.fixed(onNs) : OnOffArrivals.Period.exponential(onNs, periods),
                fixed ? OnOffArrivals.Period.fixed(offNs) : OnOffArrivals.Period.exponential(offNs, periods));
    }

    /** Whether an optional argument is the second of two words; the first is the default. */
    private static boolean choice(Term term, List<String> arguments, int index, String first, String second) {
        String word = index < arguments.size() ? arguments.get(index) : first;
        if (!word.equals(first) && !word.equals(second)) {
            throw new IllegalArgumentException("arrivals=" + term + ": " + word + ", allowed is " + ON_OFF);
        }
        return word.equals(second);
    }
}
