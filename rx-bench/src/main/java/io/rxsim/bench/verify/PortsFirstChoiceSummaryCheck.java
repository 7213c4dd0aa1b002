package io.rxsim.bench.verify;

import java.util.List;

/**
 * {@code ports_first_choice_summary}: the sums of the first choices. No reserved port was given, nothing failed, and the ports of
 * the lowest one's parity, and of the lower half, were given as often as the product gives them (chi-square at level
 * {@value PortsFirstChoiceCheck#LEVEL}, divided by the recorded 128 experiments and two sums).
 */
final class PortsFirstChoiceSummaryCheck implements FileCheck {
    private static final double LEVEL = PortsFirstChoiceCheck.LEVEL / (128 * 2);

    private final RecordedKernel kernel;

    PortsFirstChoiceSummaryCheck(RecordedKernel kernel) {
        this.kernel = kernel;
    }

    @Override
    public List<String> columns() {
        return List.of(
                "range",
                "reserved",
                "op",
                "trials",
                "low_parity",
                "other_parity",
                "lower_half",
                "upper_half",
                "reserved_handed_out",
                "errors");
    }

    @Override
    public void onRow(RecordedRow row, FileTally tally) {
        PortOperation operation = PortOperation.of(row.text("op"));
        if (operation == null) {
            tally.skip("an operation in unknown words");
            return;
        }
        double[] shares = FirstChoice.PRODUCT.frequencies(operation, new RecordedPorts(kernel, row));
        double lowParity = 0;
        double lowerHalf = 0;
        for (int i = 0; i < shares.length; i++) {
            lowParity += i % 2 == 0 ? shares[i] : 0;
            lowerHalf += i < shares.length / 2 ? shares[i] : 0;
        }
        String difference = difference(row, "low_parity", "other_parity", lowParity);
        if (difference == null) {
            difference = difference(row, "lower_half", "upper_half", lowerHalf);
        }
        if (difference == null
                && (row.number("reserved_handed_out", 0, Integer.MAX_VALUE) > 0 || !row.isBlank("errors"))) {
            difference = "reserved_handed_out is " + row.text("reserved_handed_out") + ", errors " + row.text("errors")
                    + ", the model gives none";
        }
        tally.judge(row, difference);
    }

    private static String difference(RecordedRow row, String one, String other, double share) {
        final long trials = row.number("trials", 1, Integer.MAX_VALUE);
        final long[] counts = {row.number(one, 0, Integer.MAX_VALUE), row.number(other, 0, Integer.MAX_VALUE)};
        if (counts[0] + counts[1] != trials) {
            return one + " and " + other + " add up to " + (counts[0] + counts[1]) + " of " + trials + " trials";
        }
        final double p = ChiSquare.pValue(counts, new double[] {share, 1 - share});
        return p >= LEVEL ? null : one + " is " + counts[0] + ", the model gives " + Math.round(share * trials);
    }
}
