package io.rxsim.bench.scenario;

import io.rxsim.core.run.NearNames;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;

/**
 * The {@code workload:} part: a capture, or a test of the catalog.
 *
 * @param standardInput what the capture {@code -} is read from
 */
public record WorkloadReader(InputStream standardInput) implements Workload.Reader {
    private static final List<String> KINDS = List.of("capture", "test");

    /** Reads the part; which keys are allowed depends on whether {@code capture} or {@code test} is given. */
    @Override
    public Workload read(Section section, Path folder) {
        boolean capture = section.has("capture");
        boolean test = section.has("test");
        if (!capture && !test) {
            refuseMisspelt(section);
        }
        if (capture == test) {
            throw new BadInputException(
                    section.at(),
                    "workload: expected either capture or test, found " + (capture ? "both" : "neither") + " of "
                            + KINDS);
        }
        return capture ? CaptureWorkload.read(section, folder, standardInput) : TestWorkload.read(section);
    }

    private static void refuseMisspelt(Section section) {
        for (String key : section.keys()) {
            if (NearNames.nearest(key, KINDS) != null) {
                throw section.errorAtKey(key, "unknown key workload." + key + NearNames.hint(key, KINDS));
            }
        }
    }
}
