package io.rxsim.bench.verify;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;

/** Recordings of a Linux 6.18.44 kernel among the test resources, to be copied and changed by tests. */
public final class Recordings {
    /** Those of steering. */
    public static final List<String> NAMES = List.of(
            "rfs_backlog",
            "rfs_backlog_summary",
            "rfs_blocked_recv",
            "rfs_calls",
            "rfs_dev_slot",
            "rfs_follow",
            "rfs_fuzz",
            "rfs_fuzz_backlog",
            "rfs_fuzz_backlog_order",
            "rfs_head_advance",
            "rfs_load_moves",
            "rfs_load_summary",
            "rps_decisions",
            "rps_flows",
            "rps_hash_relations",
            "rps_loopback",
            "rps_multiqueue",
            "rps_socket_hash",
            "rps_tx_tap",
            "softnet_backlog_drops",
            "softnet_columns",
            "softnet_flow_limit",
            "softnet_flow_limit_packets",
            "softnet_napi_polls",
            "softnet_plain_bursts",
            "sysctl_readback");

    /** Those of ports, which {@link PortRecordingsTest} tries. */
    static final List<String> PORT_NAMES = List.of(
            "ports_connect_sequence",
            "ports_exhaustion",
            "ports_explicit",
            "ports_first_choice",
            "ports_first_choice_summary",
            "ports_range_writes",
            "ports_reserved_writes");

    private Recordings() {}

    /** Copies a recording, as it is, into a folder. */
    public static Path copy(String name, Path folder) {
        String file = name + ".csv.gz";
        try (InputStream in = Recordings.class.getResourceAsStream("/oracle/" + file)) {
            Files.copy(in, folder.resolve(file));
            return folder.resolve(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Copies all recordings into a folder. */
    public static void copyAll(Path folder) {
        NAMES.forEach(name -> copy(name, folder));
    }

    /** All records of a file, the header first. */
    static List<List<String>> read(Path file) {
        try (RecordedCsv csv = new RecordedCsv(file)) {
            List<List<String>> records = new ArrayList<>();
            records.add(csv.header());
            for (List<String> fields = csv.next(); fields != null; fields = csv.next()) {
                records.add(fields);
            }
            return records;
        }
    }

    /** Writes records to a file, gzip'ed. */
    static void write(Path file, List<List<String>> records) {
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            for (List<String> fields : records) {
                String line = fields.stream()
                        .map(field -> '"' + field.replace("\"", "\"\"") + '"')
                        .collect(Collectors.joining(",", "", "\n"));
                out.write(line.getBytes(StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
