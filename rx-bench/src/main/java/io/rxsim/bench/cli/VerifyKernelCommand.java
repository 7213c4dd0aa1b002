package io.rxsim.bench.cli;

import io.rxsim.bench.scenario.BadInputException;
import io.rxsim.bench.verify.VerifyFormat;
import io.rxsim.bench.verify.VerifyReport;
import io.rxsim.bench.verify.kernel.KernelFormat;
import io.rxsim.bench.verify.kernel.KernelPorts;
import io.rxsim.bench.verify.kernel.KernelReport;
import io.rxsim.bench.verify.kernel.KernelVerifier;
import io.rxsim.bench.verify.kernel.SkippedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code rx verify kernel}: does the model do what the kernel does on which this runs? */
@Command(
        name = "kernel",
        versionProvider = Version.class,
        description = {
            "Sends packets through a veth pair between two network namespaces of its own, under one configuration of RPS and RFS"
                    + " after the other, watches the kernel's trace events, and compares the CPU of each packet with the model's.",
            "One line per configuration: packets compared and agreeing, those for which no steering, RPS and RFS do not all give"
                    + " the same CPU (apart), by reason of the decision, and those that say nothing, by cause.",
            "Needs Linux and root. Puts every setting of the machine back, also when it is killed."
        },
        footer = {
            "",
            "Examples:",
            "  rx verify kernel",
            "  rx verify kernel --only held --only rfs-wander",
            "  rx verify kernel --without tail-check",
            "  rx verify kernel --ports",
            "  rx verify kernel --host-profile here.yaml",
            "",
            "Exit status: 0 every write and every compared packet agrees, 1 one does not or too few were compared,",
            "2 bad usage, or SKIPPED with the reason why this kernel cannot be verified."
        },
        mixinStandardHelpOptions = true)
final class VerifyKernelCommand implements Callable<Integer> {
    private static final long SEED = 42;

    private final CommandContext context;

    @Option(
            names = "--format",
            paramLabel = "table|json|csv",
            description = "Form of the result (default: ${DEFAULT-VALUE}).",
            defaultValue = "table")
    private String format;

    @Option(names = "--only", paramLabel = "NAME", description = "Run this configuration alone; may be repeated.")
    private List<String> only = List.of();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "DIR",
            description = "Keep the trace of each configuration (NAME.trace) and the result (result.json) in a folder.")
    private Path folder;

    @Option(
            names = "--host-profile",
            paramLabel = "FILE",
            description =
                    "Also measure what steering, backlog, interrupt and hop cost here, and write a host that rx run takes.")
    private Path hostProfile;

    @Option(
            names = "--ports",
            description = {
                "Verify the choice of ports instead: a sample of writes, exhaustion, connects and first choices, recorded in a network"
                        + " namespace of its own and judged as rx verify recorded does."
            })
    private boolean ports;

    @Mixin
    private AblationOptions ablation = new AblationOptions();

    VerifyKernelCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        if (ports) {
            return verifyPorts();
        }
        KernelFormat form = FormatOption.parse(KernelFormat.values(), format);
        try {
            makeFolder();
            KernelReport report = verify();
            if (folder != null) {
                keep("result.json", KernelFormat.JSON.write(report));
            }
            context.out().print(form.write(report));
            context.out().flush();
            return report.agrees() && report.saysSomething() ? ExitCode.DONE : ExitCode.FAILED;
        } catch (SkippedException e) {
            context.out().println("SKIPPED: " + e.getMessage());
            context.out().flush();
            return ExitCode.BAD_INPUT;
        } catch (IllegalArgumentException e) {
            throw new BadInputException("--only: " + e.getMessage());
        }
    }

    private KernelReport verify() {
        try (ProgressLine progress = new ProgressLine(context)) {
            return new KernelVerifier(
                            ablation.rules(), folder, hostProfile, name -> progress.show("rx verify kernel: " + name))
                    .verify(only);
        }
    }

    private int verifyPorts() {
        VerifyFormat form = FormatOption.parse(VerifyFormat.values(), format);
        try {
            VerifyReport report = KernelPorts.verify(ablation.rules(), SEED);
            context.out().print(form.write(report));
            context.out().flush();
            return report.agrees() ? ExitCode.DONE : ExitCode.FAILED;
        } catch (SkippedException e) {
            context.out().println("SKIPPED: " + e.getMessage());
            context.out().flush();
            return ExitCode.BAD_INPUT;
        }
    }

    private void makeFolder() {
        if (folder == null) {
            return;
        }
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new BadInputException("-o " + folder + ": cannot be made: " + e.getMessage());
        }
    }

    private void keep(String name, String text) {
        try {
            Files.writeString(folder.resolve(name), text);
        } catch (IOException e) {
            throw new BadInputException("-o " + folder + ": " + name + " cannot be written: " + e.getMessage());
        }
    }
}
