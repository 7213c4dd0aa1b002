package io.rxsim.bench.verify;

/** Text and bytes as the recorder wrote them: {@code 'text'} or {@code b'bytes'}, with either quote and Python's escapes. */
final class PythonLiteral {
    private PythonLiteral() {}

    /** The characters or bytes of a column's literal, one per character. */
    static String parse(RecordedRow row, String column) {
        String literal = row.text(column);
        String body = literal.startsWith("b") ? literal.substring(1) : literal;
        int last = body.length() - 1;
        boolean quoted = last > 0 && "'\"".indexOf(body.charAt(0)) >= 0 && body.charAt(last) == body.charAt(0);
        if (!quoted) {
            throw row.bad(column + "=" + literal + ", allowed is a literal in quotes");
        }
        StringBuilder text = new StringBuilder();
        int at = 1;
        while (at < last) {
            char c = body.charAt(at++);
            if (c != '\\') {
                text.append(c);
                continue;
            }
            char escape = body.charAt(at++);
            switch (escape) {
                case 'n' -> text.append('\n');
                case 't' -> text.append('\t');
                case 'r' -> text.append('\r');
                case '\\', '\'', '"' -> text.append(escape);
                case 'x' -> {
                    if (at + 1 >= last || !body.substring(at, at + 2).matches("[0-9a-f]{2}")) {
                        throw row.bad(column + "=" + literal + ", allowed is two hex digits behind \\x");
                    }
                    text.append((char) Integer.parseInt(body.substring(at, at + 2), 16));
                    at += 2;
                }
                default -> throw row.bad(column + "=" + literal + ", an escape is unknown");
            }
        }
        return text.toString();
    }
}
