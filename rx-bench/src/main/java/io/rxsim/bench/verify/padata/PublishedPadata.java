package io.rxsim.bench.verify.padata;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The measurements that padata's change from bound to unbound workers was published with, row by row beside the model.
 *
 * @param rows in the order of the publication
 * @param shapes what they show
 */
public record PublishedPadata(List<PadataRow> rows, List<PadataShape> shapes) {
    /** Where they come from. */
    public static final String SOURCE =
            "D. Jordan, 29 Aug 2019: two sockets, 40 CPUs, rfc4106(gcm(aes)) by pcrypt, tcrypt modes 211 and 215";

    private static final String FILE = "jordan-2019-08-29.csv";

    /** Copies the lists. */
    public PublishedPadata {
        rows = List.copyOf(rows);
        shapes = List.copyOf(shapes);
    }

    /** Asks the model for every row; takes seconds. */
    public static PublishedPadata modelled() {
        List<PadataRow> rows =
                text().lines().skip(1).parallel().map(PadataRow::of).toList();
        return new PublishedPadata(rows, PadataShape.of(rows));
    }

    private static String text() {
        try (InputStream in = PublishedPadata.class.getResourceAsStream(FILE)) {
            if (in == null) {
                throw new IllegalStateException(FILE + " is not in the program");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether the model shows everything that the rows show. */
    public boolean held() {
        return shapes.stream().allMatch(PadataShape::held);
    }
}
