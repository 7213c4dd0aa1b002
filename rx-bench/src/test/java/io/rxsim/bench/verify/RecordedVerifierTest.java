package io.rxsim.bench.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.rxsim.core.kernel.KernelRules;
import io.rxsim.core.kernel.Rule;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecordedVerifierTest {
    private static final long SEED = 42;
    private static final Pattern MODEL =
            Pattern.compile("(predicted_.*|why|ok.*|.*_model|slot_[xy]_.*|table_index|dev_slot)");

    @TempDir
    private Path folder;

    private VerifyReport verify(KernelRules rules) {
        return new RecordedVerifier(new RecordedKernel(rules, SEED)).verify(folder);
    }

    private VerifyReport verify() {
        return verify(KernelRules.V6_18);
    }

    @ParameterizedTest
    @CsvSource({
        "rfs_blocked_recv, 72, 48",
        "rfs_calls, 226, 218",
        "rfs_dev_slot, 72, 72",
        "rfs_follow, 960, 960",
        "rfs_fuzz, 2160, 1435",
        "rfs_fuzz_backlog, 3878, 2608",
        "rfs_head_advance, 96, 96",
        "rps_decisions, 56768, 56768",
        "rps_flows, 3548, 3548",
        "rps_hash_relations, 72, 72",
        "rps_loopback, 1599, 1599",
        "rps_multiqueue, 3360, 3360",
        "softnet_backlog_drops, 162, 162",
        "softnet_flow_limit, 65, 17",
        "softnet_flow_limit_packets, 21905, 21905",
        "softnet_napi_polls, 105, 105",
        "sysctl_readback, 483, 453",
    })
    void shouldAgreeWithTheKernelOnEveryRow(String name, long rows, long compared) {
        Recordings.copy(name, folder);
        assertThat(verify().files()).singleElement().satisfies(file -> {
            assertThat(file.firstDisagreement()).isNull();
            assertThat(file.rows()).isEqualTo(rows);
            assertThat(file.compared()).isEqualTo(compared);
            assertThat(file.agreeing()).isEqualTo(compared);
            assertThat(file.skipped().values().stream()
                            .mapToLong(Long::longValue)
                            .sum())
                    .isEqualTo(rows - compared);
        });
    }

    @ParameterizedTest
    @CsvSource({
        "rfs_backlog, 2160",
        "rfs_backlog_summary, 75",
        "rfs_load_moves, 482",
        "rfs_load_summary, 6",
        "rps_socket_hash, 836",
        "rps_tx_tap, 160",
        "softnet_columns, 162",
        "softnet_plain_bursts, 90",
    })
    void shouldShowStatisticsBesideTheModelAndNeverFailOnThem(String name, long rows) {
        Recordings.copy(name, folder);
        VerifyReport report = verify();
        assertThat(report.agrees()).isTrue();
        assertThat(report.files()).singleElement().satisfies(file -> {
            assertThat(file.rows()).isEqualTo(rows);
            assertThat(file.compared()).isZero();
            assertThat(file.skipped()).isEmpty();
            assertThat(file.shown()).isNotEmpty();
        });
    }

    @Test
    void shouldShowTheOrderAtTheSocketFromThePacketsBesideIt() {
        Recordings.copy("rfs_fuzz_backlog_order", folder);
        Recordings.copy("rfs_fuzz_backlog", folder);
        FileResult result = verify().files().get(1);
        assertThat(result.name()).isEqualTo("rfs_fuzz_backlog_order");
        assertThat(result.shown())
                .extracting(Shown::figure, Shown::recordedMost, Shown::modelledMost)
                .contains(tuple("socket sequence differs from the model's", 0.0, 0.0));
    }

    @Test
    void shouldTakeTheHashesOfAFlowLimitRowFromTheFileOfItsPackets() {
        Recordings.copy("softnet_flow_limit", folder);
        Recordings.copy("softnet_flow_limit_packets", folder);
        FileResult result = verify().files().get(0);
        assertThat(result.name()).isEqualTo("softnet_flow_limit");
        assertThat(result.compared()).isEqualTo(41);
        assertThat(result.agreeing()).isEqualTo(41);
        assertThat(result.skipped()).isEqualTo(Map.of("hashes not recorded", 24L));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, -1, Long.MAX_VALUE})
    void shouldAgreeOnRelationsWhateverTheSeed(long seed) {
        Recordings.copy("rps_hash_relations", folder);
        Recordings.copy("rps_flows", folder);
        RecordedKernel kernel = new RecordedKernel(KernelRules.V6_18, seed);
        assertThat(new RecordedVerifier(kernel).verify(folder).files())
                .allSatisfy(file -> assertThat(file.firstDisagreement()).isNull());
    }

    @Test
    void shouldGiveTheSameAnswerWithoutTheRecordersModel() {
        Recordings.copyAll(folder);
        VerifyReport whole = verify();
        int deleted = 0;
        for (String name : Recordings.NAMES) {
            Path file = folder.resolve(name + ".csv.gz");
            List<List<String>> records = Recordings.read(file);
            List<Integer> kept = new ArrayList<>();
            for (int column = 0; column < records.get(0).size(); column++) {
                if (MODEL.matcher(records.get(0).get(column)).matches()) {
                    deleted++;
                } else {
                    kept.add(column);
                }
            }
            Recordings.write(
                    file,
                    records.stream()
                            .map(record -> kept.stream().map(record::get).toList())
                            .toList());
        }
        assertThat(deleted).as("columns of the recorder's model").isGreaterThan(20);
        assertThat(verify()).isEqualTo(whole);
    }

    @ParameterizedTest
    @CsvSource({
        "rfs_dev_slot, shared_slot_observed",
        "rfs_follow, processed_cpu",
        "rfs_fuzz, processed_cpu",
        "rfs_fuzz_backlog, enqueued_to",
        "rfs_head_advance, probe_moved",
        "rps_decisions, cpu_afpacket",
        "rps_decisions, cpu_tracepoint",
        "rps_flows, l4_hash",
        "rps_hash_relations, same_hash_as_reference",
        "rps_hash_relations, l4_hash_values",
        "rps_loopback, cpu",
        "rps_multiqueue, cpu",
        "rfs_blocked_recv, processed_cpu",
        "rfs_calls, recorded",
        "softnet_backlog_drops, delivered",
        "softnet_backlog_drops, dropped_delta_target_cpu",
        "softnet_backlog_drops, first_dropped_seq",
        "softnet_flow_limit_packets, kernel",
        "softnet_napi_polls, poll_work_sequence",
        "softnet_napi_polls, poll_weight_sequence",
        "softnet_napi_polls, time_squeeze_delta",
        "softnet_napi_polls, processed_delta",
        "softnet_napi_polls, received_rps_delta",
        "sysctl_readback, ret",
    })
    void shouldNameFileAndRowOfOneFlippedTruth(String name, String column) {
        Path file = Recordings.copy(name, folder);
        List<List<String>> records = Recordings.read(file);
        int at = records.get(0).indexOf(column);
        int row = records.size() / 2;
        while (records.get(row).get(at).isEmpty()) {
            row++;
        }
        List<String> fields = new ArrayList<>(records.get(row));
        String other = column.equals("same_hash_as_reference")
                ? fields.get(records.get(0).indexOf("groups"))
                : "1";
        fields.set(at, fields.get(at).equals("0") ? other : "0");
        records.set(row, fields);
        Recordings.write(file, records);
        VerifyReport report = verify();
        assertThat(report.agrees()).isFalse();
        FileResult result = report.files().get(0);
        assertThat(result.name()).isEqualTo(name);
        assertThat(result.disagreeing()).isEqualTo(1);
        assertThat(result.firstDisagreement()).startsWith("row " + row + " (line " + (row + 1) + "): " + column);
    }

    @ParameterizedTest
    @CsvSource({
        "UPPER_BIT_CHECK, rfs_fuzz rfs_fuzz_backlog",
        "TAIL_CHECK, rfs_dev_slot rfs_fuzz_backlog rfs_head_advance",
        "SLOT_BY_HASH_32, rfs_dev_slot rfs_fuzz_backlog",
        "HEAD_ONCE_PER_POLL, rfs_head_advance",
        "FLOW_DISSECTOR, rps_flows rps_hash_relations",
        "FLOW_LIMIT, softnet_flow_limit",
        "RECORD_AT_ACCEPT, rfs_calls",
        "STRICT_SETTINGS, sysctl_readback",
    })
    void shouldDisagreeWhereARuleIsSwitchedOff(Rule rule, String redFiles) {
        for (String name : Recordings.NAMES) {
            if (!List.of("rps_decisions", "softnet_flow_limit_packets").contains(name)) {
                Recordings.copy(name, folder);
            }
        }
        List<String> red = verify(KernelRules.V6_18.without(rule)).files().stream()
                .filter(file -> file.disagreeing() > 0)
                .map(FileResult::name)
                .toList();
        assertThat(red).containsExactly(redFiles.split(" "));
    }

    @Test
    void shouldSkipPacketsDescribedInUnknownWords() {
        Path file = Recordings.copy("rps_hash_relations", folder);
        List<List<String>> records = Recordings.read(file);
        List<String> fields = new ArrayList<>(records.get(1));
        fields.set(records.get(0).indexOf("relation"), "turned upside down");
        records.set(1, fields);
        Recordings.write(file, records);
        FileResult result = verify().files().get(0);
        assertThat(result.skipped()).containsEntry("a packet described in unknown words", 1L);
        assertThat(result.compared()).isEqualTo(result.rows() - 1);
        assertThat(result.firstDisagreement()).isNull();
    }

    @Test
    void shouldDeclareNoColumnOfTheRecordersModel() {
        RecordedKernel kernel = new RecordedKernel(KernelRules.V6_18, SEED);
        for (String name : FileChecks.catalog().names()) {
            assertThat(FileChecks.catalog().get(name).create(kernel).columns())
                    .as(name)
                    .noneMatch(column -> MODEL.matcher(column).matches());
        }
    }

    @Test
    void shouldCoverAllRecordingsOfTheTestResources() {
        List<String> names = new ArrayList<>(Recordings.NAMES);
        names.addAll(Recordings.PORT_NAMES);
        assertThat(FileChecks.catalog().names()).containsExactlyInAnyOrderElementsOf(names);
    }
}
