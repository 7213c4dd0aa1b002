package io.rxsim.bench.verify;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Counts the rows of one file: compared, agreeing, skipped by reason; remembers the first that disagrees. One thread. */
final class FileTally {
    private final Map<String, Long> skipped = new TreeMap<>();
    private final Map<String, Shown> shown = new LinkedHashMap<>();
    private long compared;
    private long agreeing;
    private String firstDisagreement;

    /** The row has no truth to compare with, for a reason of a few words. */
    void skip(String reason) {
        skipped.merge(reason, 1L, Long::sum);
    }

    /** Compares the model's answer with the truth in a column; a row whose truth is blank is skipped. */
    void compare(RecordedRow row, String truthColumn, int modelled) {
        compare(row, List.of(truthColumn), modelled);
    }

    /** Compares with every witness of the truth that is not blank. */
    void compare(RecordedRow row, List<String> truthColumns, int modelled) {
        List<String> witnesses = new ArrayList<>();
        String difference = null;
        for (String column : truthColumns) {
            if (!row.isBlank(column)) {
                witnesses.add(column);
                int recorded = row.number(column, Integer.MIN_VALUE, Integer.MAX_VALUE);
                if (recorded != modelled && difference == null) {
                    difference = column + " is " + recorded + ", the model gives " + modelled;
                }
            }
        }
        if (witnesses.isEmpty()) {
            skip("no truth recorded");
        } else {
            judge(row, difference);
        }
    }

    /** A figure of a row that is shown beside the model's and decides nothing. */
    void show(String figure, double recorded, double modelled) {
        Shown first = new Shown(figure, 0, recorded, recorded, modelled, modelled);
        shown.put(figure, shown.getOrDefault(figure, first).with(recorded, modelled));
    }

    /** Another value that the model may give for a figure that is shown. */
    void widen(String figure, double modelled) {
        Shown so = shown.get(figure);
        shown.put(
                figure,
                new Shown(
                        figure,
                        so.rows(),
                        so.recordedLeast(),
                        so.recordedMost(),
                        Math.min(so.modelledLeast(), modelled),
                        Math.max(so.modelledMost(), modelled)));
    }

    /** Counts a compared row; {@code difference} is null if it agrees. */
    void judge(RecordedRow row, String difference) {
        judge(row.number(), row.line(), difference);
    }

    /** Counts a compared row by its number and line. */
    void judge(long row, int line, String difference) {
        compared++;
        if (difference == null) {
            agreeing++;
        } else if (firstDisagreement == null) {
            firstDisagreement = "row " + row + " (line " + line + "): " + difference;
        }
    }

    /** The counts so far as the result of a file. */
    FileResult result(String name, String fileName, long rows) {
        return new FileResult(
                name,
                fileName,
                true,
                rows,
                compared,
                agreeing,
                skipped,
                firstDisagreement,
                List.copyOf(shown.values()));
    }
}
