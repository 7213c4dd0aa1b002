package io.rxsim.bench.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.rxsim.core.cost.HostProfile;
import io.rxsim.core.cost.Stage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostIncludesTest {
    private static final String UDP = "workload: {test: UDP_STREAM}\n";

    @TempDir
    private Path folder;

    private Study study(String yaml, String... sets) {
        return StudyReader.read(
                YamlText.parse("s.yaml", (UDP + yaml).getBytes(StandardCharsets.UTF_8)),
                folder,
                List.of(sets).stream().map(Overlay::ofSet).toList(),
                new WorkloadReader(InputStream.nullInputStream()));
    }

    private HostProfile host(String yaml, String... sets) {
        return study(yaml, sets).variants().get(0).machine().profile();
    }

    private String errorOf(String yaml, String... sets) {
        Throwable thrown = catchThrowable(() -> study(yaml, sets));
        assertThat(thrown).isInstanceOf(BadInputException.class);
        return thrown.getMessage().replace(folder + "/", "");
    }

    private void file(String name, String content) throws IOException {
        Files.createDirectories(folder.resolve(name).getParent());
        Files.writeString(folder.resolve(name), content);
    }

    @Test
    void shouldTakeAProfileAndWhatDiffersFromIt() {
        HostProfile shipped = host("host: e5-1650v4\n");
        HostProfile changed = host("""
                host:
                  include: e5-1650v4
                  hz: 1000
                  ipi_latency_ns: 700
                  line_ns: {llc: 40}
                  costs:
                    recv: {ns: 500}
                    protocol: {ns: 99, source: "my own measurement"}
                """);

        assertThat(changed.hz()).isEqualTo(1000);
        assertThat(changed.ipiLatencyNs()).isEqualTo(700);
        assertThat(changed.topology().cpuCount()).isEqualTo(12);
        assertThat(changed.costs().get(Stage.RECV).baseNs()).isEqualTo(500);
        assertThat(changed.costs().get(Stage.RECV).lines())
                .isEqualTo(shipped.costs().get(Stage.RECV).lines());
        assertThat(changed.costs().get(Stage.DRIVER)).isEqualTo(shipped.costs().get(Stage.DRIVER));
        assertThat(changed.name()).isEqualTo("e5-1650v4 (changed)");
    }

    @Test
    void shouldNotLeaveAChangedCostTheSourceOfTheOldOne() {
        HostProfile changed = host("""
                host:
                  include: e5-1650v4
                  costs:
                    recv: {ns: 500}
                    protocol: {ns: 99, source: "my own measurement"}
                """);

        assertThat(changed.costs().get(Stage.RECV).source()).isEqualTo("changed in s.yaml:5:11");
        assertThat(changed.costs().get(Stage.PROTOCOL).source()).isEqualTo("my own measurement");
    }

    @Test
    void shouldLetOptionsChangeANamedHost() {
        HostProfile changed = host("host: xeon-e5450-2x4\n", "host.hz=300", "host.costs.recv.ns=7");

        assertThat(changed.hz()).isEqualTo(300);
        assertThat(changed.costs().get(Stage.RECV).source()).isEqualTo("changed in --set host.costs.recv.ns=7");
        assertThat(changed.name()).isEqualTo("xeon-e5450-2x4 (changed)");
        assertThat(host("host: xeon-e5450-2x4\n", "host=e5-1650v4").name()).isEqualTo("e5-1650v4");
    }

    @Test
    void shouldFindFilesFromTheFileThatIncludesThem() throws IOException {
        file("hosts/mine.yaml", "include: more/base.yaml\nname: mine\n");
        file("hosts/more/base.yaml", "include: xeon-e5450-2x4\nhz: 100\n");

        assertThat(host("host: hosts/mine.yaml\n").name()).isEqualTo("mine");
        assertThat(host("host: hosts/mine.yaml\n").hz()).isEqualTo(100);
        assertThat(host("host: {include: hosts/more/base.yaml, hz: 250}\n").hz())
                .isEqualTo(250);
        assertThat(host("host: {include: hosts/more/base.yaml, hz: 250}\n").name())
                .isEqualTo("xeon-e5450-2x4 (changed)");
    }

    @Test
    void shouldKeepTheWholeProfileInTheEffectiveScenario() {
        Study study = study("host: {include: e5-1650v4, hz: 1000}\n");
        String written = YamlWriter.write(study.effective(folder));
        Study again = StudyReader.read(
                YamlText.parse("e.yaml", written.getBytes(StandardCharsets.UTF_8)),
                folder.resolve("elsewhere"),
                List.of(),
                new WorkloadReader(InputStream.nullInputStream()));

        assertThat(again.variants().get(0).machine().profile())
                .usingRecursiveComparison()
                .isEqualTo(study.variants().get(0).machine().profile());
        assertThat(YamlWriter.write(again.effective(folder))).isEqualTo(written);
    }

    @Test
    void shouldRefuseIncludesThatComeBackToThemselves() throws IOException {
        file("hosts/a.yaml", "include: b.yaml\nhz: 100\n");
        file("hosts/b.yaml", "name: b\ninclude: ../hosts/a.yaml\n");

        assertThat(errorOf("host: hosts/a.yaml\n"))
                .isEqualTo("hosts/b.yaml:2:10: include=../hosts/a.yaml comes back to itself: hosts/a.yaml includes"
                        + " hosts/b.yaml includes hosts/a.yaml, allowed is a host that does not include this one");
    }

    @Test
    void shouldNameThePlaceOfEveryMistake() throws IOException {
        file("hosts/bad.yaml", "include: e5-1650v4\nhzz: 100\n");

        assertThat(errorOf("host: hosts/bad.yaml\n"))
                .startsWith("hosts/bad.yaml:2:1: unknown key hzz, did you mean hz?, allowed: ");
        assertThat(errorOf("host: {include: nowhere.yaml}\n"))
                .isEqualTo("s.yaml:2:17: include=nowhere.yaml: no such file nowhere.yaml, allowed are a file or a"
                        + " shipped host: e5-1650v4, xeon-2x4-2009, xeon-e5450-2x4");
        assertThat(errorOf("host: {include: e5-1650v4, costs: {recvv: {ns: 1}}}\n"))
                .startsWith("s.yaml:2:36: unknown key costs.recvv, did you mean recv?, allowed: ");
        assertThat(errorOf("host: {hz: 100}\n"))
                .isEqualTo("s.yaml:2:7: name is missing, allowed is a whole profile, or include: NAME and what differs"
                        + " from it");
    }
}
