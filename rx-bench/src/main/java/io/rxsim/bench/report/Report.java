package io.rxsim.bench.report;

import io.rxsim.bench.scenario.Study;
import java.util.List;

/**
 * What a command shows: the study and the results of its variants.
 *
 * @param version the program's version
 * @param study what was asked for
 * @param results one per variant that ran, in order; fewer than asked for if the run was stopped
 * @param cutInput whether the input ended inside a packet
 */
public record Report(String version, Study study, List<VariantResult> results, boolean cutInput) {
    /** Most flows listed in JSON; the CSV of flows lists all. */
    public static final int MAX_JSON_FLOWS = 1000;

    /** Copies the list. */
    public Report {
        results = List.copyOf(results);
    }

    /** Whether a result lacks part of its input: the run was stopped, or the input was cut. */
    public boolean partial(VariantResult result) {
        return result.partial() || cutInput;
    }
}
