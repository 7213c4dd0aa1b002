package io.rxsim.bench.verify.padata;

import java.util.List;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;

/**
 * Something that the published rows show, and whether the model shows it too.
 *
 * @param text what
 * @param published its smallest and largest value over the rows that it is about
 * @param modelled the same of the model
 * @param allowed what the model's values must lie in
 */
public record PadataShape(String text, Range published, Range modelled, Range allowed) {
    private static final int LARGEST = 8192;
    private static final int SMALLEST = 16;
    private static final int PAST_SMALL = 512;
    private static final double TICKS_PER_S = 1000;

    /**
     * From one number to another.
     *
     * @param low the smaller
     * @param high the larger
     */
    public record Range(double low, double high) {
        boolean contains(Range other) {
            return low <= other.low && other.high <= high;
        }

        private static Range of(DoubleStream values) {
            double[] all = values.sorted().toArray();
            return new Range(all[0], all[all.length - 1]);
        }
    }

    /** Whether the model shows it. */
    public boolean held() {
        return allowed.contains(modelled);
    }

    static List<PadataShape> of(List<PadataRow> rows) {
        Predicate<PadataRow> one = PadataRow::one;
        Predicate<PadataRow> busy = PadataRow::busy;
        Predicate<PadataRow> past = row -> row.bytes() >= PAST_SMALL;
        return List.of(
                shape(
                        "busy, one outstanding, bound: requests per scheduler tick of 1 ms",
                        rows.stream().filter(busy.and(one)).toList(),
                        row -> row.bound() / TICKS_PER_S,
                        row -> row.modelledBound() / TICKS_PER_S,
                        new Range(0.5, 2)),
                shape(
                        "busy, one outstanding: unbound over bound",
                        rows.stream().filter(busy.and(one)).toList(),
                        PadataRow::ratio,
                        PadataRow::modelledRatio,
                        new Range(43, 270)),
                shape(
                        "busy, many outstanding: unbound over bound",
                        rows.stream().filter(busy.and(one.negate())).toList(),
                        PadataRow::ratio,
                        PadataRow::modelledRatio,
                        new Range(40, 480)),
                shape(
                        "idle, one outstanding, from 512 bytes: unbound over bound",
                        rows.stream().filter(busy.negate().and(one).and(past)).toList(),
                        PadataRow::ratio,
                        PadataRow::modelledRatio,
                        new Range(2.5, 9)),
                sizes(rows, true, "the hand-off dominates", new Range(0.6, 1)),
                sizes(rows, false, "submission and serial stage bound", new Range(0.8, 1.02)));
    }

    /** Rate of the largest over that of the smallest requests with unbound workers on the idle machine. */
    private static PadataShape sizes(List<PadataRow> rows, boolean one, String why, Range allowed) {
        List<PadataRow> those =
                rows.stream().filter(row -> !row.busy() && row.one() == one).toList();
        List<PadataRow> large =
                those.stream().filter(row -> row.bytes() == LARGEST).toList();
        return shape(
                "idle, " + (one ? "one" : "many") + " outstanding, unbound: 8192 over 16 bytes (" + why + ")",
                large,
                row -> (double) row.unbound() / small(those, row).unbound(),
                row -> (double) row.modelledUnbound() / small(those, row).modelledUnbound(),
                allowed);
    }

    private static PadataRow small(List<PadataRow> rows, PadataRow of) {
        return rows.stream()
                .filter(row -> row.bytes() == SMALLEST && row.decryption() == of.decryption())
                .findFirst()
                .orElseThrow();
    }

    private static PadataShape shape(
            String text,
            List<PadataRow> rows,
            ToDoubleFunction<PadataRow> published,
            ToDoubleFunction<PadataRow> modelled,
            Range allowed) {
        return new PadataShape(
                text,
                Range.of(rows.stream().mapToDouble(published)),
                Range.of(rows.stream().mapToDouble(modelled)),
                allowed);
    }
}
