package io.rxsim.workload.netty.replay;

import io.rxsim.core.run.Arrival;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The connections of a replay: one for each direction of a captured TCP connection. One thread. */
final class ReplayStreams implements AutoCloseable {
    /** Both ends of a connection are in this process. */
    private static final int DESCRIPTORS_EACH = 2;

    private static final int SCRATCH_BYTES = 64 << 10;

    private final ReplayTarget target;
    private final Descriptors descriptors;
    private final Map<Long, Open> byFlow = new HashMap<>();
    private final List<ReplayStream> all = new ArrayList<>();
    /** Those that were not taken whole, each once. */
    private final ArrayDeque<ReplayStream> unfinished = new ArrayDeque<>();

    private final ByteBuffer scratch = ByteBuffer.allocateDirect(SCRATCH_BYTES);
    private String failure;

    /** The connection of a direction now; its stream is null where there were no descriptors left. */
    private record Open(ReplayStream stream, int generation, int[] given) {}

    ReplayStreams(ReplayTarget target, Descriptors descriptors) {
        this.target = target;
        this.descriptors = descriptors;
    }

    /** The stream of a packet, connected if it is the first; null if there are no descriptors left for it. */
    ReplayStream of(Arrival packet, int engineFlow) throws IOException {
        long key = (long) packet.flow << 1 | packet.direction;
        Open open = byFlow.get(key);
        if (open != null && open.generation() == packet.generation) {
            return open.stream();
        }
        if (open != null && open.stream() != null) {
            open.stream().end();
        }
        int[] given = open == null ? new int[2] : open.given();
        ReplayStream stream = connect(packet, engineFlow, given);
        byFlow.put(key, new Open(stream, packet.generation, given));
        return stream;
    }

    private ReplayStream connect(Arrival packet, int engineFlow, int[] given) throws IOException {
        if (!descriptors.take(DESCRIPTORS_EACH)) {
            return null;
        }
        ReplayStream stream = ReplayStream.connect(
                target,
                new CapturedFlow(engineFlow, packet.direction, packet.hash, target.rxQueue(packet), all.size(), given));
        all.add(stream);
        return stream;
    }

    /** Writes bytes that are due now; what is not taken follows with {@link #flush}. */
    void write(ReplayStream stream, int bytes) {
        stream.due(bytes);
        if (!stream.waiting && !flush(stream)) {
            stream.waiting = true;
            unfinished.add(stream);
        }
    }

    private boolean flush(ReplayStream stream) {
        try {
            return stream.flush(scratch);
        } catch (IOException e) {
            failure = failure == null ? "a connection broke: " + e.getMessage() : failure;
            return true;
        }
    }

    /** Writes what was not taken before; whether some is still left. */
    boolean flush() {
        for (int i = unfinished.size(); i > 0; i--) {
            ReplayStream stream = unfinished.remove();
            if (flush(stream)) {
                stream.waiting = false;
            } else {
                unfinished.add(stream);
            }
        }
        return !unfinished.isEmpty();
    }

    int count() {
        return all.size();
    }

    long writtenBytes() {
        return all.stream().mapToLong(ReplayStream::writtenBytes).sum();
    }

    /** Due, and not taken by the other side. */
    long leftBytes() {
        return all.stream().mapToLong(ReplayStream::leftBytes).sum();
    }

    /** The first connection that broke, in words, or null. */
    String failure() {
        return failure;
    }

    /** Nothing more comes on any. */
    void end() {
        for (ReplayStream stream : all) {
            try {
                stream.end();
            } catch (IOException e) {
                failure = failure == null ? "a connection broke: " + e.getMessage() : failure;
            }
        }
    }

    @Override
    public void close() {
        for (ReplayStream stream : all) {
            try {
                stream.close();
            } catch (IOException e) {
                failure = failure == null ? "a connection broke: " + e.getMessage() : failure;
            }
        }
    }
}
