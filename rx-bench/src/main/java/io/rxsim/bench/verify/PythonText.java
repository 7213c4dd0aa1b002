package io.rxsim.bench.verify;

import java.io.ByteArrayOutputStream;

/** Texts and bytes as Python writes them: {@code 'a\n'}, {@code b'\x00'}, in either kind of quotes. Stateless; any thread. */
final class PythonText {
    private PythonText() {}

    /** The bytes of a literal, or null if it is none, or was cut by the recorder. */
    static byte[] bytes(String literal) {
        final String text = literal.startsWith("b") ? literal.substring(1) : literal;
        if (text.length() < 2
                || text.charAt(0) != text.charAt(text.length() - 1)
                || "'\"".indexOf(text.charAt(0)) < 0) {
            return null;
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int at = 1;
        while (at < text.length() - 1) {
            char c = text.charAt(at++);
            if (c != '\\') {
                bytes.write(c);
                continue;
            }
            char escape = text.charAt(at++);
            switch (escape) {
                case 'n' -> bytes.write('\n');
                case 't' -> bytes.write('\t');
                case 'r' -> bytes.write('\r');
                case 'x' -> {
                    bytes.write(Integer.parseInt(text.substring(at, at + 2), 16));
                    at += 2;
                }
                default -> bytes.write(escape);
            }
        }
        return bytes.toByteArray();
    }

    /** The text of a literal, or null. */
    static String text(String literal) {
        byte[] bytes = bytes(literal);
        return bytes == null ? null : new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1);
    }
}
