package io.rxsim.bench.verify;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What one file of a folder showed.
 *
 * @param name the recording, which is the file name without {@code .csv} or {@code .csv.gz}
 * @param file the file name
 * @param covered whether there is a check for it; if not, nothing was read and all counts are 0
 * @param rows data rows
 * @param compared rows held against the product
 * @param agreeing rows in which it gave the recorded answer
 * @param skipped rows without a truth, by reason
 * @param firstDisagreement row, line, and both answers; null if none
 * @param shown figures that are shown beside the model's and decide nothing
 */
public record FileResult(
        String name,
        String file,
        boolean covered,
        long rows,
        long compared,
        long agreeing,
        Map<String, Long> skipped,
        String firstDisagreement,
        List<Shown> shown) {
    /** Copies the reasons, in alphabetical order. */
    public FileResult {
        shown = List.copyOf(shown);
        skipped = Collections.unmodifiableMap(new TreeMap<>(skipped));
    }

    static FileResult notCovered(String name, String file) {
        return new FileResult(name, file, false, 0, 0, 0, new TreeMap<>(), null, List.of());
    }

    /** Rows that were compared and gave another answer. */
    public long disagreeing() {
        return compared - agreeing;
    }
}
