package io.rxsim.bench.verify;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * {@code ports_first_choice}: how often each port was given first, in experiments of many trials. Each is held against the
 * product's frequencies by chi-square at level {@value #LEVEL}, divided by the number of experiments (Bonferroni): all their rows
 * agree, or none. A port that the product never gives rejects at once.
 *
 * <p>The same test must reject three toys ({@link FirstChoice}), each in every experiment in which it gives ports unlike the product;
 * if it does not, it has no power, and the rows of that experiment disagree.
 */
final class PortsFirstChoiceCheck implements FileCheck {
    static final double LEVEL = 0.001;

    /** Half the sum of the differences of two frequencies from which on a toy is unlike the product. */
    private static final double UNLIKE = 0.2;

    private final RecordedKernel kernel;
    private final List<Experiment> experiments = new ArrayList<>();

    /** One experiment as far as it was read. */
    private static final class Experiment {
        private final String key;
        private final long firstRow;
        private final int firstLine;
        private final List<Long> times = new ArrayList<>();
        private final Map<FirstChoice, double[]> frequencies = new EnumMap<>(FirstChoice.class);
        private final int low;

        Experiment(String key, RecordedRow row, int low) {
            this.key = key;
            this.low = low;
            firstRow = row.number();
            firstLine = row.line();
        }

        boolean unlike(FirstChoice toy) {
            final double[] product = frequencies.get(FirstChoice.PRODUCT);
            double difference = 0;
            for (int i = 0; i < product.length; i++) {
                difference += Math.abs(product[i] - frequencies.get(toy)[i]);
            }
            return difference / 2 >= UNLIKE;
        }

        double pValue(FirstChoice model) {
            return ChiSquare.pValue(times.stream().mapToLong(Long::longValue).toArray(), frequencies.get(model));
        }
    }

    /** Experiments read. */
    int experiments() {
        return experiments.size();
    }

    /** Experiments in which the test rejects a model. */
    long rejections(FirstChoice model) {
        final double level = LEVEL / experiments.size();
        return experiments.stream()
                .filter(experiment -> experiment.pValue(model) < level)
                .count();
    }

    PortsFirstChoiceCheck(RecordedKernel kernel) {
        this.kernel = kernel;
    }

    @Override
    public List<String> columns() {
        return List.of("range", "reserved", "op", "port", "times");
    }

    @Override
    public void onRow(RecordedRow row, FileTally tally) {
        PortOperation operation = PortOperation.of(row.text("op"));
        if (operation == null) {
            tally.skip("an operation in unknown words");
            return;
        }
        final String key = row.text("range") + " reserved " + row.text("reserved") + " " + row.text("op");
        Experiment experiment = experiments.isEmpty() ? null : experiments.get(experiments.size() - 1);
        if (experiment == null || !experiment.key.equals(key)) {
            experiment = begin(key, row, operation);
        }
        final int port = experiment.low + experiment.times.size();
        if (row.number("port", 0, Integer.MAX_VALUE) != port) {
            throw row.bad("port=" + row.text("port") + ", allowed is " + port + ", the next one of the range");
        }
        experiment.times.add((long) row.number("times", 0, Integer.MAX_VALUE));
    }

    private Experiment begin(String key, RecordedRow row, PortOperation operation) {
        RecordedPorts ports = new RecordedPorts(kernel, row);
        Experiment experiment = new Experiment(key, row, ports.settings.range.low());
        for (FirstChoice model : FirstChoice.values()) {
            experiment.frequencies.put(model, model.frequencies(operation, ports));
        }
        experiments.add(experiment);
        return experiment;
    }

    @Override
    public void finish(FileTally tally) {
        for (Experiment experiment : experiments) {
            final String difference = difference(experiment, LEVEL / experiments.size());
            for (int i = 0; i < experiment.times.size(); i++) {
                tally.judge(experiment.firstRow + i, experiment.firstLine + i, difference);
            }
        }
    }

    private static String difference(Experiment experiment, double level) {
        if (experiment.times.size() != experiment.frequencies.get(FirstChoice.PRODUCT).length) {
            return "times of " + experiment.key + " are of " + experiment.times.size() + " ports, the range has "
                    + experiment.frequencies.get(FirstChoice.PRODUCT).length;
        }
        final double p = experiment.pValue(FirstChoice.PRODUCT);
        if (p < level) {
            return "times of " + experiment.key + " are not the model's: chi-square p = " + p + ", below " + level;
        }
        for (FirstChoice toy : FirstChoice.values()) {
            if (experiment.unlike(toy) && experiment.pValue(toy) >= level) {
                return "times of " + experiment.key + " would also be those of a toy: " + toy.label();
            }
        }
        return null;
    }
}
