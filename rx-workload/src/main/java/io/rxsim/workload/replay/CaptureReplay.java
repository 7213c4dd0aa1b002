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
    /** The source opened last, until it is closed: its flow table is large and must not outlive its run. */
    private CaptureArrivals open;

    /** What a source read before it was closed. */
    private ReplayCounts closed;

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
            open = new CaptureArrivals(file.open(), options, hashing, this::onClosed);
            return open;
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
        if (open != null) {
            return open.counts();
        }
        if (closed == null) {
            throw new IllegalStateException("capture=" + file.name() + " was not opened yet");
        }
        return closed;
    }

    private void onClosed(CaptureArrivals source) {
        if (source == open) {
            closed = source.counts();
            open = null;
        }
    }
}
