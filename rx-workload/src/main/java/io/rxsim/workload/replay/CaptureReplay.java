package io.rxsim.workload.replay;

import io.rxsim.core.run.ArrivalSource;
import io.rxsim.workload.capture.CaptureException;
import io.rxsim.workload.capture.CaptureFile;
import io.rxsim.workload.spec.PacketHashing;
import java.io.UncheckedIOException;

/** Opens the packets of one capture for run after run, and knows what the last one read. One thread. */
public final class CaptureReplay implements ArrivalSource.Factory {
    private final CaptureFile file;
    private final ReplayOptions options;
    private final PacketHashing hashing;
    private CaptureArrivals last;

    /**
     * A replay; nothing is opened yet.
     *
     * @param file the capture, closed by the caller when no run needs it any more
     */
    public CaptureReplay(CaptureFile file, ReplayOptions options, PacketHashing hashing) {
        this.file = file;
        this.options = options;
        this.hashing = hashing;
    }

    /**
     * {@inheritDoc}
     *
     * @throws UncheckedIOException with a {@link CaptureException}, if the file is no capture or gone
     */
    @Override
    public CaptureArrivals open() {
        try {
            last = new CaptureArrivals(file.open(), options, hashing);
            return last;
        } catch (CaptureException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * What the source opened last has read so far; it may be closed.
     *
     * @throws IllegalStateException if none was opened
     */
    public ReplayCounts counts() {
        if (last == null) {
            throw new IllegalStateException("capture=" + file.name() + " was not opened yet");
        }
        return last.counts();
    }
}
