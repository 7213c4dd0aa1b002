package io.rxsim.bench.verify.kernel;

import java.nio.file.Path;
import java.util.List;

/** How this program is started once more, as a {@link SocketPeer}. */
public final class PeerCommand {
    /** The hidden command below {@code rx verify}. */
    public static final String NAME = "kernel-peer";

    private static final String MAIN = "io.rxsim.bench.cli.Main";

    private PeerCommand() {}

    /** The command line. */
    static List<String> line(int threads, Path marker) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xshare:auto",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx64m",
                "-cp",
                System.getProperty("java.class.path"),
                MAIN,
                "verify",
                NAME,
                Integer.toString(threads),
                marker.toString());
    }
}
