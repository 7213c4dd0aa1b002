package io.rxsim.bench.cli;

import io.rxsim.bench.verify.kernel.PeerCommand;
import io.rxsim.bench.verify.kernel.SocketPeer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** The processes that {@code rx verify kernel} starts to send and receive; not for people. */
@Command(name = PeerCommand.NAME, hidden = true, description = "Sends and receives for rx verify kernel.")
final class KernelPeerCommand implements Callable<Integer> {
    private final CommandContext context;

    @Parameters(index = "0", paramLabel = "THREADS")
    private int threads;

    @Parameters(index = "1", paramLabel = "MARKER")
    private Path marker;

    KernelPeerCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException {
        SocketPeer.serve(threads, marker, context.in(), context.out());
        return ExitCode.DONE;
    }
}
