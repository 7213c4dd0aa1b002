package io.rxsim.bench.verify;

import io.rxsim.core.cpu.CpuMask;
import io.rxsim.core.run.RxQueueConfig;
import io.rxsim.core.softnet.SocketCall;
import io.rxsim.steering.SteeringCatalog;
import java.util.List;
import java.util.Map;

/**
 * {@code rfs_calls}: does a call record the caller's CPU? The flow was consumed on one CPU, the call is made on another, and the
 * flow's next packet shows which one is recorded.
 */
final class RfsCallsCheck implements FileCheck {
    private static final int FLOW = 0;
    private static final int HASH = 0x5eed_0010;
    private static final int TABLE_SIZE = 32768;

    /** What a call is called in the recording, beside what it says about data that waits. */
    private static final Map<String, SocketCall> CALLS = Map.ofEntries(
            Map.entry("recv", SocketCall.RECVMSG),
            Map.entry("recv MSG_PEEK", SocketCall.RECVMSG),
            Map.entry("recv of 0 bytes,", SocketCall.RECVMSG),
            Map.entry("recv MSG_ERRQUEUE", SocketCall.RECVMSG_ERRQUEUE),
            Map.entry("recvmsg", SocketCall.RECVMSG),
            Map.entry("recvmmsg", SocketCall.RECVMSG),
            Map.entry("read(2)", SocketCall.RECVMSG),
            Map.entry("send", SocketCall.SENDMSG),
            Map.entry("sendmsg", SocketCall.SENDMSG),
            Map.entry("sendmmsg", SocketCall.SENDMSG),
            Map.entry("write(2)", SocketCall.SENDMSG),
            Map.entry("sendfile", SocketCall.SENDMSG),
            Map.entry("splice", SocketCall.SPLICE_READ),
            Map.entry("accept", SocketCall.ACCEPT),
            Map.entry("poll", SocketCall.POLL),
            Map.entry("select", SocketCall.SELECT),
            Map.entry("epoll_wait", SocketCall.EPOLL_WAIT),
            Map.entry("getsockopt SO_INCOMING_CPU", SocketCall.GETSOCKOPT),
            Map.entry("setsockopt SO_RCVBUF", SocketCall.SETSOCKOPT),
            Map.entry("ioctl FIONREAD", SocketCall.IOCTL),
            Map.entry("getpeername", SocketCall.GETPEERNAME),
            Map.entry("shutdown SHUT_WR", SocketCall.SHUTDOWN),
            Map.entry("dup+close", SocketCall.CLOSE_DUPLICATE));

    private final RecordedKernel kernel;

    RfsCallsCheck(RecordedKernel kernel) {
        this.kernel = kernel;
    }

    @Override
    public List<String> columns() {
        return List.of("call", "cpu_before", "cpu_of_call", "recorded");
    }

    @Override
    public void onRow(RecordedRow row, FileTally tally) {
        if (!row.text("recorded").matches("[01]")) {
            tally.skip("not applicable");
            return;
        }
        String words = row.text("call").replaceFirst(" (EAGAIN|(with )?data waiting)$", "");
        if (!CALLS.containsKey(words) && !words.equals("nothing")) {
            tally.skip("a call described in unknown words");
            return;
        }
        RxQueueConfig queue = new RxQueueConfig(CpuMask.empty(RecordedMachine.CPUS), TABLE_SIZE);
        SteeredHost host = new SteeredHost(
                RecordedMachine.of(kernel.rules(), List.of(queue), TABLE_SIZE, RecordedMachine.DEFAULT_WEIGHT),
                SteeringCatalog.RFS);
        int before = row.cpu("cpu_before");
        host.handOver(FLOW, HASH);
        host.recv(FLOW, before);
        host.process(FLOW, HASH, before, true);
        if (CALLS.containsKey(words) && CALLS.get(words).recordsCpu(kernel.rules())) {
            host.recv(FLOW, row.cpu("cpu_of_call"));
        }
        int next = host.process(FLOW, HASH, before, true);
        tally.compare(row, "recorded", next == row.cpu("cpu_of_call") && next != before ? 1 : 0);
    }
}
