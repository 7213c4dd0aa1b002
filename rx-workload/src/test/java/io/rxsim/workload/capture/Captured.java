package io.rxsim.workload.capture;

import io.rxsim.core.packet.LinkType;
import io.rxsim.core.packet.Packet;
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
    final List<LinkType> linkTypes = new ArrayList<>();
    boolean cut;
    long outOfOrder;
    long longestBackstepNs;

    static Captured read(byte[] file) throws IOException {
        return read(new ByteArrayInputStream(file));
    }

    static Captured read(InputStream in) throws IOException {
        Captured captured = new Captured();
        try (CaptureReader reader = CaptureReader.open(in, "test.pcap")) {
            Packet packet = new Packet();
            while (reader.next(packet)) {
                int from = packet.offset();
                captured.data.add(Arrays.copyOfRange(packet.data(), from, from + packet.capturedLength()));
                captured.wireLengths.add(packet.wireLength());
                captured.times.add(packet.timeNs());
                captured.linkTypes.add(packet.linkType());
            }
            captured.cut = reader.cut();
            captured.outOfOrder = reader.timestampsOutOfOrder();
            captured.longestBackstepNs = reader.longestBackstepNs();
        }
        return captured;
    }
}
