package io.rxsim.bench.toys;

import static org.assertj.core.api.Assertions.assertThat;

import io.rxsim.bench.toys.ToyHost.Setup;
import io.rxsim.core.cpu.CpuMask;
import io.rxsim.core.kernel.Errno;
import io.rxsim.core.kernel.KernelRules;
import io.rxsim.core.softnet.SocketCall;
import io.rxsim.core.softnet.SocketFlowHash;
import io.rxsim.core.sysctl.HostSettings;
import io.rxsim.core.sysctl.Knob;
import io.rxsim.core.sysctl.RpsCpus;
import io.rxsim.core.sysctl.RpsSockFlowEntries;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Items 4, 5, 13 and 35 to 38 of what a toy gets wrong: files that set a host, and when the CPU is recorded. */
class ToySettingsBehavioursTest {
    private static final int CPUS = 4;
    private static final List<KernelRules> BOTH = List.of(KernelRules.V6_18, KernelRules.V2_6_35);

    private static HostSettings host(KernelRules rules, String online, String housekeeping) {
        return new HostSettings(
                rules, 250, CpuMask.parse(online, CPUS), CpuMask.parse(housekeeping, CPUS), HostSettings.UNBOUNDED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"v6.18", "v2.6.35"})
    void item04OfflineCpusAreFilteredWhenTheMaskIsWrittenAndNotAddedLater(String version) {
        HostSettings host = host(KernelRules.of(version), "b", "f");
        RpsCpus map = host.newRpsCpus();
        map.write("f");
        host.online(CpuMask.all(CPUS));

        assertThat(map.map().cpus()).containsExactly(0, 1, 3);
    }

    @Test
    void item05AMaskWithoutAnOnlineCpuTurnsRpsOffAndSucceedsIsolatedOnesOnlyAreRefused() {
        for (KernelRules rules : BOTH) {
            RpsCpus map = host(rules, "3", "b").newRpsCpus();
            map.write("3");
            assertThat(map.write("8").ret()).isEqualTo(1);
            assertThat(map.map().isEmpty()).isTrue();
            map.write("3");
            boolean modern = rules == KernelRules.V6_18;
            assertThat(map.write("4").errno()).isEqualTo(modern ? Errno.EINVAL : null);
            assertThat(map.text()).isEqualTo(modern ? "3" : "0");
        }
    }

    @Test
    void item13RewritingTheSameSizeEmptiesTheGlobalTable() {
        for (KernelRules rules : BOTH) {
            RpsSockFlowEntries entries = host(rules, "f", "f").rpsSockFlowEntries();
            entries.write("64");
            int before = entries.generation();
            assertThat(entries.write("64").ret()).isEqualTo(2);
            assertThat(entries.generation()).isNotEqualTo(before);
        }
    }

    @Test
    void item35TheCpuIsRecordedOnEntryToRecvmsgAndPollAndEpollNeverRecord() {
        for (KernelRules rules : BOTH) {
            assertThat(SocketCall.RECVMSG.recordsCpu(rules)).isTrue();
            assertThat(SocketCall.SENDMSG.recordsCpu(rules)).isTrue();
            assertThat(SocketCall.ACCEPT.recordsCpu(rules)).isEqualTo(rules == KernelRules.V6_18);
            for (SocketCall never : List.of(SocketCall.POLL, SocketCall.SELECT, SocketCall.EPOLL_WAIT)) {
                assertThat(never.recordsCpu(rules)).isFalse();
            }
        }
        SocketFlowHash sockets = new SocketFlowHash();
        assertThat(sockets.onCall(0))
                .as("before its first packet there is nothing to record under")
                .isZero();
        sockets.onPacket(0, 77);
        assertThat(sockets.onCall(0)).isEqualTo(77);
    }

    @Test
    void item36AWriteOf0BytesDoesNothingButClearsTheBitmaps() {
        HostSettings host = host(KernelRules.V6_18, "f", "f");
        for (Knob bitmap :
                List.of(host.sysctl(HostSettings.RPS_DEFAULT_MASK), host.sysctl(HostSettings.FLOW_LIMIT_CPU_BITMAP))) {
            bitmap.write("3");
            assertThat(bitmap.write("").ret()).isZero();
            assertThat(bitmap.text()).as(bitmap.name()).isEqualTo("0");
        }
        for (KernelRules rules : BOTH) {
            HostSettings same = host(rules, "f", "f");
            Knob budget = same.sysctl(HostSettings.NETDEV_BUDGET);
            for (Knob knob : List.of(same.newRpsCpus(), same.newRpsFlowCnt(), budget)) {
                knob.write("2");
                assertThat(knob.write("").ret()).isZero();
                assertThat(knob.text()).as(knob.name()).isEqualTo("2");
            }
        }
    }

    @Test
    void item37IntegersTakeTheFirstNumberAndMasksEndAtANewlineOrNul() {
        for (KernelRules rules : BOTH) {
            Knob backlog = host(rules, "f", "f").sysctl(HostSettings.NETDEV_MAX_BACKLOG);
            assertThat(backlog.write("50 60").ret()).isEqualTo(3);
            assertThat(backlog.text()).isEqualTo("50");
            RpsCpus map = host(rules, "f", "f").newRpsCpus();
            assertThat(map.write("3\0zz").ret()).isEqualTo(4);
            assertThat(map.text()).isEqualTo("3");
            assertThat(map.write("5\nzz").isRefused()).isEqualTo(rules == KernelRules.V2_6_35);
            assertThat(map.text()).isEqualTo(rules == KernelRules.V2_6_35 ? "3" : "5");
        }
    }

    @Test
    void item38AFailedWriteCanChangeTheDefaultMask() {
        HostSettings host = host(KernelRules.V6_18, "f", "f");
        Knob mask = host.sysctl(HostSettings.RPS_DEFAULT_MASK);
        assertThat(mask.write("ff").errno()).isEqualTo(Errno.EOVERFLOW);
        assertThat(mask.text()).isEqualTo("f");
        assertThat(host.newRpsCpus().text()).isEqualTo("f");
        assertThat(mask.write("zz").errno()).isEqualTo(Errno.EINVAL);
        assertThat(mask.text()).isEqualTo("f");
        assertThat(host(KernelRules.V2_6_35, "f", "f").sysctl(HostSettings.RPS_DEFAULT_MASK))
                .isNull();
    }

    @Test
    void item05NoMapSteersNothing() {
        ToyHost host = new Setup().map("0").start();
        assertThat(host.offer(2, 0x7000_0000, 1)).isEqualTo("queued 2");
        assertThat(host.log).containsExactly("steered none");
    }
}
