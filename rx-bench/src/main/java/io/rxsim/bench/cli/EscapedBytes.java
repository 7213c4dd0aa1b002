package io.rxsim.bench.cli;

import io.rxsim.bench.scenario.BadInputException;
import io.rxsim.core.sysctl.Knob;

/** Bytes as text: UTF-8, with {@code \n}, {@code \t}, {@code \\} and {@code \xNN} for a newline, a tab, a backslash and any byte. */
final class EscapedBytes {
    private EscapedBytes() {}

    /**
     * The bytes, one per character.
     *
     * @throws BadInputException for another character behind a backslash
     */
    static String parse(String text) {
        StringBuilder bytes = new StringBuilder();
        int from = 0;
        for (int at = text.indexOf('\\'); at >= 0; at = text.indexOf('\\', from)) {
            bytes.append(Knob.bytes(text.substring(from, at)));
            char kind = at + 1 < text.length() ? text.charAt(at + 1) : ' ';
            from = at + 2;
            switch (kind) {
                case 'n' -> bytes.append('\n');
                case 't' -> bytes.append('\t');
                case '\\' -> bytes.append('\\');
                case 'x' -> {
                    from = at + 4;
                    bytes.append(hex(text, at));
                }
                default -> throw refused(text, at);
            }
        }
        return bytes.append(Knob.bytes(text.substring(Math.min(from, text.length()))))
                .toString();
    }

    private static char hex(String text, int at) {
        if (at + 4 > text.length() || !text.substring(at + 2, at + 4).matches("[0-9a-fA-F]{2}")) {
            throw refused(text, at);
        }
        return (char) Integer.parseInt(text.substring(at + 2, at + 4), 16);
    }

    private static BadInputException refused(String text, int at) {
        return new BadInputException("escape " + text.substring(at, Math.min(text.length(), at + 4))
                + ", allowed are \\n, \\t, \\\\ and \\xNN");
    }
}
