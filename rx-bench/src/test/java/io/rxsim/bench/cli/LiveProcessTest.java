package io.rxsim.bench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.PortUnreachableException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code rx live} as a process: signals in mid-run, and too few descriptors. */
@Timeout(60)
class LiveProcessTest {
    private static final Pattern LISTENING = Pattern.compile("listening on 127\\.0\\.0\\.1:(\\d+)");

    /** A server under way. */
    private record Server(Process process, BufferedReader err, int port) {
        static Server start(String limit, String listen) throws IOException {
            String java = System.getProperty("java.home") + File.separator + "bin" + File.separator + "java";
            List<String> command = new ArrayList<>(List.of("sh", "-c", limit + "exec \"$@\"", "sh"));
            command.addAll(List.of(java, "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp"));
            command.addAll(List.of(System.getProperty("java.class.path"), Main.class.getName(), "live"));
            command.addAll(List.of("--listen", listen, "--cpus", "2", "--rps", "3", "--rfs", "64"));
            command.addAll(List.of("--format", "json"));
            Process process = new ProcessBuilder(command).start();
            BufferedReader err = process.errorReader(StandardCharsets.UTF_8);
            Matcher listening = LISTENING.matcher(note(err));
            assertThat(listening.find()).isTrue();
            return new Server(process, err, Integer.parseInt(listening.group(1)));
        }

        /** The next line of the program; libraries on the test's class path have something to say too. */
        static String note(BufferedReader err) throws IOException {
            String line = err.readLine();
            while (line != null && !line.startsWith("rx: ")) {
                line = err.readLine();
            }
            return String.valueOf(line);
        }

        void signal(String name) throws IOException, InterruptedException {
            assertThat(new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid()))
                            .start()
                            .waitFor())
                    .isZero();
        }

        JsonNode result() throws InterruptedException {
            String out;
            try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
                out = reader.lines().collect(Collectors.joining("\n"));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
            return JsonMapper.shared().readTree(out);
        }
    }

    @ParameterizedTest
    @CsvSource({"INT,130", "TERM,143"})
    void shouldDrainAndReportWhenASignalComesInMidRun(String signal, int status)
            throws IOException, InterruptedException {
        Server server = Server.start("", "udp:127.0.0.1:0");
        try (DatagramSocket client = new DatagramSocket()) {
            client.connect(InetAddress.getLoopbackAddress(), server.port());
            client.setSoTimeout(20_000);
            client.send(new DatagramPacket(new byte[8], 8));
            client.receive(new DatagramPacket(new byte[8], 8));
            sendFifty(client);
            server.signal(signal);
            sendFifty(client);
            JsonNode result = server.result();
            assertThat(server.process().exitValue()).isEqualTo(status);
            assertThat(result.get("packets").longValue()).isPositive();
            assertThat(result.get("delivered").longValue())
                    .isEqualTo(result.get("packets").longValue());
            assertThat(result.get("queued").longValue()).isZero();
            assertThat(result.get("brokenLaws")).isEmpty();
        } finally {
            server.process().destroyForcibly();
        }
    }

    private static void sendFifty(DatagramSocket client) throws IOException {
        for (int i = 0; i < 50; i++) {
            try {
                client.send(new DatagramPacket(new byte[8], 8));
            } catch (PortUnreachableException gone) {
                return;
            }
        }
    }

    @Test
    void shouldSayThatDescriptorsAreFewAndServeThoseItHas() throws IOException, InterruptedException {
        Server server = Server.start("ulimit -n 220; ", "tcp:127.0.0.1:0");
        List<Socket> clients = new ArrayList<>();
        try {
            clients.add(new Socket(InetAddress.getLoopbackAddress(), server.port()));
            for (int i = 0; i < 20; i++) {
                // Loads classes, which here are files and not one jar that is open.
                requireServed(clients.get(0));
            }
            for (int i = 0; i < 250; i++) {
                clients.add(new Socket(InetAddress.getLoopbackAddress(), server.port()));
            }
            assertThat(Server.note(server.err()))
                    .isEqualTo("rx: cannot accept a connection: too many open files; raise the limit of descriptors"
                            + " (ulimit -n)");
            requireServed(clients.get(0));
            server.signal("TERM");
            JsonNode result = server.result();
            assertThat(result.get("connections").longValue()).isBetween(1L, 220L);
            assertThat(result.get("acceptFailures").longValue()).isPositive();
            assertThat(result.get("delivered").longValue())
                    .isEqualTo(result.get("packets").longValue());
        } finally {
            server.process().destroyForcibly();
            for (Socket client : clients) {
                client.close();
            }
        }
    }

    private static void requireServed(Socket client) throws IOException {
        client.setSoTimeout(20_000);
        client.getOutputStream().write(7);
        assertThat(client.getInputStream().read()).isEqualTo(7);
    }
}
