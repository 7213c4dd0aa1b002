package io.rxsim.core.softnet;

import static org.assertj.core.api.Assertions.assertThat;

import io.rxsim.core.cpu.CpuMask;
import org.junit.jupiter.api.Test;

class SoftnetPartsTest {
    private static int keptOf(int burst, int maxBacklog) {
        int length = 0;
        for (int i = 0; i < burst; i++) {
            length += BacklogAdmission.accepts(length, maxBacklog) ? 1 : 0;
        }
        return length;
    }

    @Test
    void shouldKeepOnePacketMoreThanTheLimit() {
        assertThat(keptOf(5000, 1000)).isEqualTo(1001);
        assertThat(keptOf(5000, 1)).isEqualTo(2);
        assertThat(keptOf(10, 1000)).isEqualTo(10);
    }

    @Test
    void shouldKeepOnePacketAtALimitOfZero() {
        assertThat(keptOf(10, 0)).isEqualTo(1);
    }

    @Test
    void shouldTakeANegativeLimitAsNone() {
        assertThat(keptOf(5000, -1)).isEqualTo(5000);
        assertThat(BacklogAdmission.accepts(Integer.MAX_VALUE, -1)).isTrue();
        assertThat(BacklogAdmission.accepts(Integer.MAX_VALUE, Integer.MIN_VALUE))
                .isTrue();
    }

    @Test
    void shouldChargeAFrameItsStructureAndItsRoundedArea() {
        assertThat(SkbTruesize.of(0)).isEqualTo(256 + 512);
        assertThat(SkbTruesize.of(60)).isEqualTo(768);
        assertThat(SkbTruesize.of(128)).isEqualTo(768);
        assertThat(SkbTruesize.of(129)).isEqualTo(256 + 1024);
        assertThat(SkbTruesize.of(640)).isEqualTo(256 + 1024);
        assertThat(SkbTruesize.of(641)).isEqualTo(256 + 2048);
        assertThat(SkbTruesize.of(1514)).isEqualTo(2304);
        assertThat(SkbTruesize.of(9014)).isEqualTo(256 + 16384);
        assertThat(SkbTruesize.of(65536)).isEqualTo(256 + 131072);
    }

    @Test
    void shouldRecordUnderTheHashOfTheLastPacketAndNothingBeforeIt() {
        SocketFlowHash sockets = new SocketFlowHash();
        assertThat(sockets.onCall(3)).isEqualTo(SocketFlowHash.NO_HASH);
        sockets.onPacket(3, 0x1234);
        sockets.onPacket(3, 0xabcd);
        assertThat(sockets.onCall(3)).isEqualTo(0xabcd);
        assertThat(sockets.onCall(4)).isEqualTo(SocketFlowHash.NO_HASH);
    }

    @Test
    void shouldLearnTheHashOfADatagramOnlyWhileConnected() {
        SocketFlowHash sockets = new SocketFlowHash();
        sockets.onPacket(2, 7, false);
        assertThat(sockets.onCall(2)).isEqualTo(SocketFlowHash.NO_HASH);
        sockets.onPacket(2, 7, true);
        sockets.onPacket(2, 8, false);
        assertThat(sockets.onCall(2)).isEqualTo(7);
    }

    @Test
    void shouldForgetTheHashAtADisconnect() {
        SocketFlowHash sockets = new SocketFlowHash();
        sockets.onPacket(0, 7);
        sockets.onCall(0);
        sockets.disconnect(0);
        assertThat(sockets.onCall(0)).isEqualTo(SocketFlowHash.NO_HASH);
    }

    @Test
    void shouldGiveTheEntryToRemoveAtACloseOnce() {
        SocketFlowHash sockets = new SocketFlowHash();
        sockets.onPacket(9, 5);
        sockets.onCall(9);
        assertThat(sockets.close(9)).isEqualTo(5);
        assertThat(sockets.close(9)).isEqualTo(SocketFlowHash.NO_HASH);
    }

    @Test
    void shouldWrapHeadAndTailAsU32() {
        SoftnetData softnet = new SoftnetData(CpuMask.parse("5", 4));
        softnet.startCountersAt(2, -2);
        assertThat(softnet.onAccepted(2)).isEqualTo(-1);
        assertThat(softnet.onAccepted(2)).isZero();
        assertThat(softnet.onAccepted(2)).isEqualTo(1);
        assertThat(softnet.inputQueueTail(2)).isEqualTo(1);
        assertThat(softnet.inputQueueHead(2)).isEqualTo(-2);
        assertThat(softnet.inputQueueHead(2) - softnet.inputQueueTail(2)).isNegative();
        softnet.advanceHead(2, 3);
        assertThat(softnet.inputQueueHead(2)).isEqualTo(1);
        softnet.startCountersAt(2, Integer.MAX_VALUE);
        assertThat(softnet.onAccepted(2)).isEqualTo(Integer.MIN_VALUE);
    }

    @Test
    void shouldCountPerCpu() {
        SoftnetData softnet = new SoftnetData(CpuMask.parse("5", 4));
        assertThat(softnet.cpuCount()).isEqualTo(4);
        assertThat(softnet.isOnline(2)).isTrue();
        assertThat(softnet.isOnline(1)).isFalse();
        softnet.onProcessed(2);
        softnet.onDropped(1);
        softnet.onReceivedRps(0);
        softnet.backlogScheduled(2, true);
        for (int cpu = 0; cpu < 4; cpu++) {
            assertThat(softnet.processed(cpu)).isEqualTo(cpu == 2 ? 1 : 0);
            assertThat(softnet.dropped(cpu)).isEqualTo(cpu == 1 ? 1 : 0);
            assertThat(softnet.receivedRps(cpu)).isEqualTo(cpu == 0 ? 1 : 0);
            assertThat(softnet.backlogScheduled(cpu)).isEqualTo(cpu == 2);
        }
        softnet.backlogScheduled(2, false);
        assertThat(softnet.backlogScheduled(2)).isFalse();
    }

    @Test
    void shouldNameDropReasonsAsTheKernelDoes() {
        assertThat(DropReason.values())
                .extracting(DropReason::label)
                .containsExactly(
                        "RX_RING",
                        "CPU_BACKLOG",
                        "SOCKET_RCVBUFF",
                        "NO_SOCKET",
                        "NIC_DOWN",
                        "DEV_READY",
                        "XfrmInHdrError",
                        "XfrmInNoStates",
                        "XfrmInStateSeqError",
                        "XfrmInStateProtoError",
                        "XfrmInError");
        assertThat(DropReason.values())
                .extracting(DropReason::meaning)
                .doesNotHaveDuplicates()
                .noneMatch(String::isBlank);
    }
}
