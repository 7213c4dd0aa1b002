package io.rxsim.bench.report;

import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Writes documents of maps, lists and numbers as JSON. */
public final class JsonText {
    private static final ObjectMapper MAPPER =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private static final ObjectMapper COMPACT = new JsonMapper();

    private JsonText() {}

    /** A document on one line, with its end. */
    public static String line(Object document) {
        return COMPACT.writeValueAsString(document) + "\n";
    }

    /** The indented text, ending in a newline. Lines end in LF whatever the platform. */
    public static String of(Object document) {
        return MAPPER.writeValueAsString(document).replace("\r\n", "\n") + "\n";
    }
}
