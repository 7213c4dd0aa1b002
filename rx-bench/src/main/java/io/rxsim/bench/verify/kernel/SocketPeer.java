package io.rxsim.bench.verify.kernel;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.SynchronousQueue;

/**
 * The process at one end of the veth pair: sockets, and one thread per CPU that works on them. Commands come line by line, {@code INDEX VERB
 * ARGUMENTS}, where the index names a thread; each is answered by one line, {@code ok ...} or {@code error ...}, before the next one comes.
 * The first line says {@code ready}, the second one the threads' kernel ids, so that the parent can pin them.
 */
public final class SocketPeer {
    private static final String THREAD = "rxsim-cpu-";

    private final PeerSockets sockets;
    private final PrintStream out;

    private SocketPeer(PeerSockets sockets, PrintStream out) {
        this.sockets = sockets;
        this.out = out;
    }

    /**
     * Serves until the input ends.
     *
     * @param threads number of threads
     * @param marker the trace marker to write calls to
     */
    public static void serve(int threads, Path marker, InputStream in, PrintStream out) throws IOException {
        try (PeerSockets sockets = new PeerSockets(marker)) {
            new SocketPeer(sockets, out).serve(threads, in);
        }
    }

    private void serve(int threads, InputStream in) throws IOException {
        List<Worker> workers = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            Worker worker = new Worker();
            Thread thread = new Thread(worker, THREAD + i);
            thread.setDaemon(true);
            thread.start();
            workers.add(worker);
        }
        StringBuilder ids = new StringBuilder();
        for (Worker worker : workers) {
            ids.append(ids.isEmpty() ? "" : " ").append(worker.kernelId());
        }
        say("ready");
        say(ids.toString());
        BufferedReader commands = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
        for (String line = commands.readLine(); line != null; line = commands.readLine()) {
            int blank = line.indexOf(' ');
            workers.get(Integer.parseInt(line.substring(0, blank))).take(line.substring(blank + 1));
        }
    }

    private void say(String line) {
        out.print(line + "\n");
        out.flush();
    }

    /** One thread. */
    private final class Worker implements Runnable {
        private final SynchronousQueue<String> commands = new SynchronousQueue<>();
        private final CountDownLatch started = new CountDownLatch(1);
        private volatile String kernelId;

        @Override
        public void run() {
            try {
                kernelId = Files.readSymbolicLink(Path.of("/proc/thread-self"))
                        .getFileName()
                        .toString();
                started.countDown();
                while (true) {
                    say(answer(commands.take()));
                }
            } catch (IOException e) {
                say("error " + e.getMessage());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        private String answer(String command) {
            try {
                return "ok " + sockets.run(command.split(" "));
            } catch (IOException | RuntimeException e) {
                return "error " + command + ": "
                        + String.valueOf(e.getMessage()).replaceAll("\\s+", " ");
            }
        }

        String kernelId() throws IOException {
            try {
                started.await();
                return kernelId;
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
        }

        void take(String command) throws IOException {
            try {
                commands.put(command);
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
        }
    }
}
