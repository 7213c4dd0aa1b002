package io.rxsim.bench.scenario;

import java.nio.file.Path;
import java.util.List;

/** The {@code workload:} part: a capture, or a test of the catalog. */
public final class WorkloadReader {
    private WorkloadReader() {}

    /** Reads the part; which keys are allowed depends on whether {@code capture} or {@code test} is given. */
    public static Workload read(Section section, Path folder) {
        boolean capture = section.has("capture");
        boolean test = section.has("test");
        if (capture == test) {
            throw new BadInputException(
                    section.at(),
                    "workload: expected either capture or test, found " + (capture ? "both" : "neither") + " of "
                            + List.of("capture", "test"));
        }
        return capture ? CaptureWorkload.read(section, folder) : TestWorkload.read(section);
    }
}
