package io.rxsim.bench.cli;

import io.rxsim.bench.verify.kernel.KernelPorts;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** The process that {@code rx verify kernel --ports} starts in a network namespace of its own; not for people. */
@Command(name = KernelPorts.RECORDER, hidden = true, description = "Records port choices for rx verify kernel --ports.")
final class PortRecorderCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "DIR")
    private Path folder;

    @Override
    public Integer call() throws IOException {
        KernelPorts.record(folder);
        return ExitCode.DONE;
    }
}
