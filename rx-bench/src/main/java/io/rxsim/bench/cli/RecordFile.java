package io.rxsim.bench.cli;

import io.rxsim.bench.scenario.BadInputException;
import io.rxsim.bench.scenario.Reasons;
import io.rxsim.core.live.LiveHost;
import io.rxsim.workload.netty.Inbound;
import io.rxsim.workload.netty.LiveRecording;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** {@code --record FILE} of a live run: the file, and what is said of it at the end. */
final class RecordFile {
    private final String name;
    private final LiveRecording<Inbound> recording;

    private RecordFile(String name, LiveRecording<Inbound> recording) {
        this.name = name;
        this.recording = recording;
    }

    /** Opens the file, replacing one that is there, and has a host's steering recorded; before the host starts. */
    static RecordFile open(String name, LiveHost<Inbound> host, int queues) {
        Path path = OutputOptions.path("--record", name);
        try {
            LiveRecording<Inbound> recording = LiveRecording.of(Files.newOutputStream(path), queues);
            host.tap(recording);
            recording.start();
            return new RecordFile(name, recording);
        } catch (IOException e) {
            throw new BadInputException("--record " + name + ": cannot be written: " + Reasons.of(e));
        }
    }

    /** Ends the file, adds its counts, and says what is missing; false if it could not be written to its end. */
    boolean finish(CommandContext context, Map<String, Object> counts, Duration patience) {
        boolean written = recording.finish(patience);
        counts.put("recorded", recording.recorded());
        counts.put("notRecorded", recording.notRecorded());
        if (!written) {
            String why = recording.failure() == null ? "still being written" : recording.failure();
            context.note("--record " + name + ": not complete: " + why);
        } else if (recording.notRecorded() > 0) {
            context.note("--record " + name + ": " + recording.notRecorded()
                    + " packets are not in it: writing was slower than the packets came");
        }
        return written;
    }
}
