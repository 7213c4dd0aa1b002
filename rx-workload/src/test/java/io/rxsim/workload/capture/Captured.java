package io.rxsim.workload.capture;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What a reader delivered, copied out so that tests can compare it. */
final class Captured {
    final List<byte[]> data = new ArrayList<>();
    final List<Integer> wireLengths = new ArrayList<>();
    final List<Long> times = new ArrayList<>();
    final List<Integer> linkTypes = new ArrayList<>();
    boolean cut;
    long outOfOrder;
    long longestBackstepNs;

    static Captured read(byte[] file) throws IOException {
        return read(new ByteArrayInputStream(file));
    }

    static Captured read(InputStream in) throws IOException {
        Captured captured = new Captured();
        try (CaptureReader reader = CaptureReader.open(in, "test.pcap")) {
            while (reader.next()) {
                CapturedRecord record = reader.record();
                int from = record.dataOffset;
                captured.data.add(Arrays.copyOfRange(reader.bytes(), from, from + record.capturedBytes));
                captured.wireLengths.add(record.wireBytes);
                captured.times.add(record.timeNs);
                captured.linkTypes.add(record.linkType);
            }
            captured.cut = reader.cut();
            captured.outOfOrder = reader.timestampsOutOfOrder();
            captured.longestBackstepNs = reader.longestBackstepNs();
        }
        return captured;
    }
}
