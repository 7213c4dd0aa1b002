package io.rxsim.bench.scenario;

import java.nio.file.Path;

/** Placeholder until the arrivals are there. */
final class CaptureWorkload {
    static Workload read(Section section, Path folder) {
        throw section.error("capture", "not yet");
    }
}
