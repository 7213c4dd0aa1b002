package io.rxsim.bench.jmh;

import io.rxsim.core.packet.Packet;
import io.rxsim.workload.capture.CaptureReader;
import io.rxsim.workload.capture.PcapWriter;
import io.rxsim.workload.capture.PcapngWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteOrder;
import java.util.Arrays;
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
    private static final int ETHERNET = 1;
    private static final int GZIP_ROUNDS = 100;

    /** The capture's format. */
    @Param({"pcap", "pcapng", "pcap.gz"})
    public String format;

    private final Packet packet = new Packet();
    private CaptureReader reader;

    /** Opens the stream. */
    @Setup
    public void open() throws IOException {
        Frames frames = new Frames(new SplittableRandom(7));
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        int headerBytes;
        if (format.equals("pcapng")) {
            try (PcapngWriter writer = new PcapngWriter(file, ETHERNET, ByteOrder.LITTLE_ENDIAN)) {
                writer.flush();
                headerBytes = file.size();
                for (int i = 0; i < Batch.SIZE; i++) {
                    byte[] frame = frames.frame(Frames.Kind.UDP_IPV4);
                    writer.write(i, frame, 0, frame.length, frame.length);
                }
            }
        } else {
            try (PcapWriter writer = new PcapWriter(file, ETHERNET, ByteOrder.LITTLE_ENDIAN)) {
                writer.flush();
                headerBytes = file.size();
                for (int i = 0; i < Batch.SIZE; i++) {
                    byte[] frame = frames.frame(Frames.Kind.UDP_IPV4);
                    writer.write(i, frame, 0, frame.length, frame.length);
                }
            }
        }
        byte[] header = Arrays.copyOf(file.toByteArray(), headerBytes);
        byte[] records = Arrays.copyOfRange(file.toByteArray(), headerBytes, file.size());
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
