package io.rxsim.bench.cli;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Bytes written as text with escapes: {@code \n}, {@code \t}, {@code \r}, {@code \0}, {@code \\} and {@code \xHH}. */
final class Escapes {
    private Escapes() {}

    /**
     * The bytes of a text.
     *
     * @throws IllegalArgumentException for any other escape, naming those that are allowed
     */
    static byte[] bytes(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int plain = 0;
        for (int at = text.indexOf('\\'); at >= 0; at = text.indexOf('\\', plain)) {
            bytes.writeBytes(text.substring(plain, at).getBytes(StandardCharsets.UTF_8));
            plain = at + 2;
            switch (at + 1 < text.length() ? text.charAt(at + 1) : ' ') {
                case 'n' -> bytes.write('\n');
                case 't' -> bytes.write('\t');
                case 'r' -> bytes.write('\r');
                case '0' -> bytes.write(0);
                case '\\' -> bytes.write('\\');
                case 'x' -> {
                    bytes.write(hex(text, at));
                    plain = at + 4;
                }
                default -> throw refused(at);
            }
        }
        bytes.writeBytes(text.substring(plain).getBytes(StandardCharsets.UTF_8));
        return bytes.toByteArray();
    }

    private static int hex(String text, int at) {
        final String digits = at + 4 <= text.length() ? text.substring(at + 2, at + 4) : "";
        if (!digits.matches("[0-9a-fA-F]{2}")) {
            throw refused(at);
        }
        return Integer.parseInt(digits, 16);
    }

    private static IllegalArgumentException refused(int at) {
        return new IllegalArgumentException(
                "column " + (at + 1) + ": unknown escape, allowed are \\n, \\t, \\r, \\0, \\\\ and \\xHH");
    }
}
