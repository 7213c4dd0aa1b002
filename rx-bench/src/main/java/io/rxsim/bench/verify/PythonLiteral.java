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
        for (int at = 1; at < last; at++) {
            char c = body.charAt(at);
            if (c != '\\') {
                text.append(c);
                continue;
            }
            at++;
            switch (body.charAt(at)) {
                case 'n' -> text.append('\n');
                case 't' -> text.append('\t');
                case 'r' -> text.append('\r');
                case '\\', '\'', '"' -> text.append(body.charAt(at));
                case 'x' -> {
                    if (at + 2 >= last || !body.substring(at + 1, at + 3).matches("[0-9a-f]{2}")) {
                        throw row.bad(column + "=" + literal + ", allowed is two hex digits behind \\x");
                    }
                    text.append((char) Integer.parseInt(body.substring(at + 1, at + 3), 16));
                    at += 2;
                }
                default -> throw row.bad(column + "=" + literal + ", an escape is unknown");
            }
        }
        return text.toString();
    }
}
