package io.rxsim.core.sysctl;

/** What sysfs hands to an attribute of one write(2) (fs/kernfs/file.c, 6.18; fs/sysfs/file.c, 2.6.35). No state; any thread. */
final class SysfsWrite {
    private static final int PAGE_SIZE = 4096;

    private SysfsWrite() {}

    /** The bytes of a write that are taken: a page, in 2.6.35 one byte less. */
    static String taken(String bytes, boolean modern) {
        int most = modern ? PAGE_SIZE : PAGE_SIZE - 1;
        return bytes.length() > most ? bytes.substring(0, most) : bytes;
    }

    /** The text that an attribute sees as a C string. */
    static String untilNul(String bytes) {
        int nul = bytes.indexOf('\0');
        return nul < 0 ? bytes : bytes.substring(0, nul);
    }
}
