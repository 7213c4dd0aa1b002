package io.rxsim.bench.verify.kernel;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The parent's view of a {@link SocketPeer}: its threads, each pinned to a CPU by {@code taskset}. One thread. */
final class Peer implements AutoCloseable {
    private final ChildProcess process;
    private final List<String> threads;

    /**
     * Starts a peer.
     *
     * @param what its name in messages
     * @param enter the beginning of the command, which puts it into its namespace
     * @param cpus one thread is pinned to each; the rest of the process runs anywhere but on the first
     */
    Peer(String what, List<String> enter, List<Integer> cpus, Path marker) {
        List<String> command = new ArrayList<>(enter);
        command.addAll(List.of("nice", "-n", Priority.NICE, "taskset", "--cpu-list", elsewhere(cpus)));
        command.addAll(PeerCommand.line(cpus.size(), marker));
        process = ChildProcess.start(what, command, false);
        threads = List.of(process.readLine().split(" "));
        for (int i = 0; i < cpus.size(); i++) {
            pin(i, cpus.get(i));
        }
    }

    /** The CPUs without the one whose backlog is held up at times: what waits there would wait for the backlog. */
    static String elsewhere(List<Integer> cpus) {
        return String.join(",", cpus.stream().skip(1).map(String::valueOf).toList());
    }

    /** Moves a thread to a CPU. */
    void pin(int thread, int cpu) {
        SystemCommand.run(List.of("taskset", "--cpu-list", "--pid", Integer.toString(cpu), threads.get(thread)));
    }

    /** Has a thread do something; the answer. */
    String call(int thread, String command) {
        String answer = process.ask(thread + " " + command);
        if (!answer.startsWith("ok")) {
            throw new VerificationException(answer.startsWith("error ") ? answer.substring(6) : answer);
        }
        return answer.substring(2).strip();
    }

    /** The process, for the watcher. */
    ChildProcess process() {
        return process;
    }

    @Override
    public void close() {
        process.close();
    }
}
