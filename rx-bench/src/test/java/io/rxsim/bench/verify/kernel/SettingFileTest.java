package io.rxsim.bench.verify.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rxsim.core.cpu.CpuMask;
import io.rxsim.core.kernel.KernelRules;
import io.rxsim.core.sysctl.HostSettings;
import io.rxsim.core.sysctl.Knob;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A kernel's file beside its class, here with classes on both sides. */
class SettingFileTest {
    @TempDir
    Path folder;

    private static Knob knob(KernelRules rules, String name) {
        CpuMask all = CpuMask.all(2);
        HostSettings host = new HostSettings(rules, 250, all, all, HostSettings.UNBOUNDED);
        return name.equals(HostSettings.RPS_FLOW_CNT) ? host.newRpsFlowCnt() : host.sysctl(name);
    }

    private static SettingResult held(KernelRules kernel, KernelRules model, String name) {
        Knob real = knob(kernel, name);
        SettingFile file =
                new SettingFile(name, real.text(), bytes -> SettingAnswer.ofModel(real, bytes), knob(model, name));
        String before = real.text();
        file.writeAll(SettingWrites.of(name));
        assertThat(real.text()).isEqualTo(before);
        return file.result();
    }

    @Test
    void shouldAgreeWithItself() {
        for (String name : List.of(HostSettings.NETDEV_BUDGET, HostSettings.RPS_FLOW_CNT)) {
            SettingResult result = held(KernelRules.V6_18, KernelRules.V6_18, name);
            assertThat(result.firstDisagreement()).isNull();
            assertThat(result.agreeing()).isEqualTo(result.writes()).isGreaterThan(7);
        }
    }

    @Test
    void shouldSeeAWrongRule() {
        SettingResult result = held(KernelRules.V6_18, KernelRules.V2_6_35, HostSettings.RPS_FLOW_CNT);
        assertThat(result.agreeing()).isLessThan(result.writes());
        assertThat(result.firstDisagreement())
                .isEqualTo(
                        "rps_flow_cnt=+0x11\\n: the kernel answers 6 bytes, then \"32\", the model EINVAL, then \"128\"");
    }

    @Test
    void shouldRefuseToStartFromWhatTheModelCannotShow() {
        Knob model = knob(KernelRules.V6_18, HostSettings.DEV_WEIGHT);
        assertThatThrownBy(() -> new SettingFile("dev_weight", "-3", bytes -> null, model))
                .isInstanceOf(VerificationException.class)
                .hasMessage("dev_weight shows \"-3\", which the model cannot: \"64\"");
    }

    @Test
    void shouldWriteOnceAndReadBack() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "before\n");
        SettingAnswer answer = SettingAnswer.ofKernel(file, "12 34");
        assertThat(answer).isEqualTo(new SettingAnswer(5, "-", "12 34e"));
        assertThat(SettingAnswer.of(answer.words())).isEqualTo(answer);
        assertThat(answer).hasToString("5 bytes, then \"12 34e\"");
    }
}
