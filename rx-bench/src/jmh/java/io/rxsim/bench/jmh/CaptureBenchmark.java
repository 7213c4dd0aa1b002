package io.rxsim.bench.jmh;

import io.rxsim.core.packet.Packet;
import io.rxsim.workload.capture.CaptureReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.SplittableRandom;
import java.util.zip.GZIPOutputStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * Reading one packet of a capture, 106 bytes each, from a stream in memory that never ends: the file header once, then the same
 * 1000 records again and again. Expected: no allocation, but for a new inflater per member of a gzip stream.
 */
@State(Scope.Thread)
public class CaptureBenchmark {
    private static final int GZIP_ROUNDS = 100;

    /** The capture's format. */
    @Param({"pcap", "pcapng", "pcap.gz"})
    public String format;

    private final Packet packet = new Packet();
    private CaptureReader reader;

    /** Opens the stream. */
    @Setup
    public void open() throws IOException {
        boolean pcapng = format.equals("pcapng");
        byte[] header = pcapng ? CaptureBytes.pcapngHeader() : CaptureBytes.pcapHeader();
        byte[] records = CaptureBytes.records(new Frames(new SplittableRandom(7)), pcapng);
        InputStream in = format.endsWith(".gz")
                ? new Endless(gzip(header, 1), gzip(records, GZIP_ROUNDS))
                : new Endless(header, records);
        reader = CaptureReader.open(in, "endless." + format);
    }

    private static byte[] gzip(byte[] bytes, int times) throws IOException {
        ByteArrayOutputStream member = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(member)) {
            for (int i = 0; i < times; i++) {
                out.write(bytes);
            }
        }
        return member.toByteArray();
    }

    /** Reads. */
    @Benchmark
    public long read() throws IOException {
        long sum = 0;
        for (int i = 0; i < Batch.SIZE; i++) {
            if (!reader.next(packet)) {
                throw new IllegalStateException("the endless capture ended at offset=" + reader.byteOffset());
            }
            sum += packet.data()[packet.offset()] + packet.timeNs();
        }
        return sum;
    }

    /** A beginning, then the same bytes again and again. */
    private static final class Endless extends InputStream {
        private final byte[] repeated;
        private byte[] current;
        private int position;

        Endless(byte[] beginning, byte[] repeated) {
            this.current = beginning;
            this.repeated = repeated;
        }

        @Override
        public int read() {
            turn();
            return current[position++] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) {
            turn();
            int count = Math.min(length, current.length - position);
            System.arraycopy(current, position, bytes, offset, count);
            position += count;
            return count;
        }

        private void turn() {
            if (position == current.length) {
                current = repeated;
                position = 0;
            }
        }
    }
}
