package io.rxsim.bench.scenario;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** config/reference.yaml as it is, and with its alternatives in place of what they exclude. */
final class Reference {
    static final Path CONFIG = Path.of("..", "config");

    /** Alternatives that stand as a block beside an active key of the same name. */
    private static final List<String> BLOCKS = List.of("host", "workload");

    private Reference() {}

    static String text() {
        try {
            return Files.readString(CONFIG.resolve("reference.yaml"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Every alternative in force: lines of # and a key, and their blocks, become active; what they replace goes.
     *
     * @param workload first key and value of the workload's block, for example {@code test: TCP_RR}
     */
    static String alternatives(String workload) {
        List<String> lines = new ArrayList<>();
        boolean replaced = false;
        boolean other = false;
        String[] all = text().split("\n");
        for (int i = 0; i < all.length; i++) {
            String line = all[i];
            String bare = line.strip();
            boolean top = !line.startsWith(" ") && !bare.isEmpty() && !bare.startsWith("#");
            if (top) {
                replaced = BLOCKS.contains(bare.replaceAll(":.*", ""));
            }
            if (top || bare.isEmpty()) {
                other = false;
            } else if (bare.equals("#workload:")) {
                other = !all[i + 1].startsWith("#  " + workload);
            }
            boolean alternative = bare.matches("#( {2,}- \\{.*| *[a-z_*-]+[a-z_0-9.*-]*:.*)");
            if (alternative && !other) {
                lines.add(line.replaceFirst("#", ""));
                replaced = false;
            } else if (!replaced) {
                lines.add(line);
            }
        }
        return String.join("\n", lines) + "\n";
    }

    static Study study(String yaml) {
        return StudyReader.read(
                YamlText.parse("reference.yaml", yaml.getBytes(StandardCharsets.UTF_8)),
                CONFIG,
                List.of(),
                new WorkloadReader(InputStream.nullInputStream()));
    }
}
