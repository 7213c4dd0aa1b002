package io.rxsim.workload.capture;

import io.rxsim.core.packet.Packet;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * Reads the packets of a capture in file order: classic pcap, pcapng, and gzip of both, told apart by their first bytes and
 * never by their name. Memory is a window of at most 512 KiB whatever the size of the file, and nothing is allocated per packet.
 *
 * <p>Time never runs backwards: a packet that is stamped earlier than any packet before it takes the highest time so far.
 * How often a timestamp is lower than the one before is counted ({@link #timestampsOutOfOrder()}), and the largest correction
 * is kept ({@link #longestBackstepNs()}). Times are nanoseconds since 1970.
 *
 * <p>A capture that ends inside a packet or block delivers what is whole; {@link #cut()} tells. Everything else that is wrong
 * is a {@link CaptureException}. Offsets count bytes of the capture after decompression. To be used by one thread.
 */
public final class CaptureReader implements AutoCloseable {
    private final ByteWindow window;
    private final RecordFormat format;
    private final CapturedRecord record = new CapturedRecord();
    private long packetsRead;
    private long previousNs;
    private long latestNs;
    private long timestampsOutOfOrder;
    private long longestBackstepNs;
    private boolean ended;
    private boolean cut;

    private CaptureReader(ByteWindow window, RecordFormat format) {
        this.window = window;
        this.format = format;
    }

    /**
     * Opens a capture file and reads its file header. The file should be a regular one; {@link CaptureFile} takes the others.
     *
     * @param file path of the capture
     * @return the reader, before the first packet
     * @throws CaptureException when the file is missing, a directory, unreadable, empty or not a capture
     */
    public static CaptureReader open(Path file) throws CaptureException {
        return open(openFile(file, file.toString()), file.toString());
    }

    /**
     * Reads a capture from a stream, which is closed with the reader, or when this method fails.
     *
     * @param in the capture, compressed or not
     * @param name stands for the file in messages
     * @return the reader, before the first packet
     * @throws CaptureException when the stream is empty or not a capture
     */
    public static CaptureReader open(InputStream in, String name) throws CaptureException {
        InputStream opened = in;
        try {
            opened = Magic.decompressed(in, name);
            ByteWindow window = new ByteWindow(opened, name);
            return new CaptureReader(window, Magic.formatOf(window));
        } catch (CaptureException e) {
            closeQuietly(opened, e);
            throw e;
        }
    }

    /** Opens {@code file} for reading; every failure is one line that starts with {@code name}. */
    static InputStream openFile(Path file, String name) throws CaptureException {
        try {
            if (Files.isDirectory(file)) {
                throw CaptureException.of(name, "is a directory, a pcap or pcapng file is needed", null);
            }
            return Files.newInputStream(file);
        } catch (NoSuchFileException e) {
            throw CaptureException.of(name, "no such file, a pcap or pcapng file is needed", e);
        } catch (AccessDeniedException e) {
            throw CaptureException.of(name, "permission denied, a readable file is needed", e);
        } catch (CaptureException e) {
            throw e;
        } catch (IOException e) {
            throw CaptureException.of(name, "cannot be opened: " + e.getMessage(), e);
        }
    }

    /**
     * Advances to the next packet.
     *
     * @param out is pointed at the packet, which stays valid until the next call
     * @return false at the end of the capture, whole or {@link #cut()}
     * @throws CaptureException when the record at {@link #byteOffset()} cannot be what it claims
     */
    public boolean next(Packet out) throws CaptureException {
        if (ended) {
            return false;
        }
        int found = format.next(record);
        if (found != RecordFormat.PACKET) {
            ended = true;
            cut = found == RecordFormat.CUT || window.sourceCut();
            return false;
        }
        out.wrap(window.bytes(), record.dataOffset, record.capturedBytes, record.linkType);
        out.stamp(forwardTimeNs(record.timeNs), record.wireBytes);
        packetsRead++;
        return true;
    }

    private long forwardTimeNs(long recordedNs) {
        if (recordedNs == CapturedRecord.NO_TIME) {
            return latestNs;
        }
        if (recordedNs < previousNs) {
            timestampsOutOfOrder++;
        }
        previousNs = recordedNs;
        if (recordedNs < latestNs) {
            longestBackstepNs = Math.max(longestBackstepNs, latestNs - recordedNs);
        } else {
            latestNs = recordedNs;
        }
        return latestNs;
    }

    /**
     * Returns the packets delivered so far.
     *
     * @return a count
     */
    public long packetsRead() {
        return packetsRead;
    }

    /**
     * Returns the offset of the current packet's record, or of the first byte not read when the capture has ended.
     *
     * @return an offset in bytes after decompression
     */
    public long byteOffset() {
        return ended || packetsRead == 0 ? window.offset() : record.offset;
    }

    /**
     * Tells whether the capture ended inside a packet, a block or a gzip member. Known once {@link #next} returned false.
     *
     * @return false as long as packets follow
     */
    public boolean cut() {
        return cut;
    }

    /**
     * Returns how many timestamps in the file are lower than the one before.
     *
     * @return a count
     */
    public long timestampsOutOfOrder() {
        return timestampsOutOfOrder;
    }

    /**
     * Returns the largest amount in nanoseconds by which a timestamp was raised so that time does not run backwards.
     *
     * @return nanoseconds, 0 when time only runs forward
     */
    public long longestBackstepNs() {
        return longestBackstepNs;
    }

    @Override
    public void close() throws IOException {
        window.close();
    }

    private static void closeQuietly(InputStream in, CaptureException failure) {
        try {
            in.close();
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }
}
