package io.rxsim.bench.verify;

import java.util.List;

/**
 * What a folder of recordings showed.
 *
 * @param kernel the rules and the seed it was held against
 * @param files one result per file, by file name
 */
public record VerifyReport(RecordedKernel kernel, List<FileResult> files) {
    /** Copies the list. */
    public VerifyReport {
        files = List.copyOf(files);
    }

    /** Whether every compared row of every file agrees. */
    public boolean agrees() {
        return files.stream().allMatch(file -> file.disagreeing() == 0);
    }
}
