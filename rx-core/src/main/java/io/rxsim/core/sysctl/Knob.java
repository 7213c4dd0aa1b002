package io.rxsim.core.sysctl;

import java.nio.charset.StandardCharsets;

/**
 * One file that a host is set with. It holds its value; what follows from a write outside it (tables, maps) is said by the
 * accessors of the class. One thread.
 *
 * <p>Text is bytes, one per character (Latin-1), as write(2) and read(2) see them.
 */
public interface Knob {
    /** Its sysctl name, for example {@code net.core.netdev_budget}; or the name of the file in sysfs. */
    String name();

    /** What one write(2) at file position 0 does, by root. */
    Written write(String bytes);

    /** What a read shows, without the newline at its end. */
    String text();

    /** What a write that sets anything must look like, for people. */
    String allowed();

    /** Whether it shows a CPU mask, not a number. */
    default boolean isMask() {
        return false;
    }

    /** The bytes that a text has on a terminal or in a file (UTF-8), one per character. */
    static String bytes(String unicode) {
        return new String(unicode.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }
}
