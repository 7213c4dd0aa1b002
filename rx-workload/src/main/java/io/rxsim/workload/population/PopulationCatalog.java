package io.rxsim.workload.population;

import io.rxsim.core.run.Catalog;
import io.rxsim.workload.random.AliasTable;
import io.rxsim.workload.spec.Decimal;
import io.rxsim.workload.spec.Term;
import java.util.List;

/** Flow populations by name. A new one is a class and a line here. */
public final class PopulationCatalog {
    private static final String FAMILY = "population";
    private static final long MAX_EXPONENT = 10 * Decimal.ONE;

    private PopulationCatalog() {}

    /** Makes a population of its term's arguments and the number of flows. */
    @FunctionalInterface
    public interface Member {
        /**
         * Reads the arguments.
         *
         * @throws IllegalArgumentException naming what is allowed
         */
        FlowPopulation of(Term term, int flows);
    }

    /** All populations. */
    public static Catalog<Member> catalog() {
        return new Catalog<Member>(FAMILY)
                .with("uniform", PopulationCatalog::uniform)
                .with("zipf", PopulationCatalog::zipf)
                .with("elephants", PopulationCatalog::elephants);
    }

    /**
     * Parses a population.
     *
     * @param text {@code uniform}, {@code zipf:1.1} (flow i has weight (i + 1)^-1.1), or {@code elephants:10,0.8} (ten flows
     *     carry 80 % of the packets)
     * @param flows number of flows, 1 or more
     * @throws IllegalArgumentException for anything else
     */
    public static FlowPopulation parse(String text, int flows) {
        Term term = Term.parse(FAMILY, text);
        return catalog().get(term.name()).of(term, flows);
    }

    private static FlowPopulation uniform(Term term, int flows) {
        term.noArguments();
        return stream -> stream.nextInt(flows);
    }

    private static FlowPopulation zipf(Term term, int flows) {
        List<String> arguments = term.arguments(1, 1, "zipf:EXPONENT, for example zipf:1.1");
        double exponent =
                (double) Decimal.parse("population zipf: exponent", arguments.get(0), 0, MAX_EXPONENT) / Decimal.ONE;
        double[] weights = new double[flows];
        for (int i = 0; i < flows; i++) {
            weights[i] = StrictMath.pow(i + 1, -exponent);
        }
        AliasTable table = new AliasTable(weights);
        return table::next;
    }

    private static FlowPopulation elephants(Term term, int flows) {
        List<String> arguments = term.arguments(2, 2, "elephants:FLOWS,SHARE, for example elephants:10,0.8");
        if (flows < 2) {
            throw new IllegalArgumentException("population=" + term + ": flows=" + flows + ", allowed is 2 or more");
        }
        String count = arguments.get(0);
        long elephants = count.matches("[0-9]{1,9}") ? Long.parseLong(count) : 0;
        if (elephants < 1 || elephants >= flows) {
            throw new IllegalArgumentException(
                    "population elephants: flows=" + count + ", allowed is 1 to " + (flows - 1));
        }
        long share = Decimal.parse("population elephants: share", arguments.get(1), 0, Decimal.ONE);
        return new ElephantsAndMice((int) elephants, flows, share);
    }
}
