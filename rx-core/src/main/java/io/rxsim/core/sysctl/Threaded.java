package io.rxsim.core.sysctl;

import io.rxsim.core.kernel.Errno;

/**
 * {@code threaded} of a device: whether threads poll its NAPI instances ({@code threaded_store}, {@code modify_napi_threaded},
 * net/core/net-sysfs.c, 6.18; not in 2.6.35).
 *
 * <p>A number as {@code kstrtoul} reads it, 0 or 1; any other, and any for a device without NAPI instances (loopback, veth without
 * GRO), is EOPNOTSUPP. Threads that poll without pause (2) can be asked for by netlink alone, and are not modelled. Text ends at a
 * NUL; a write of 0 bytes does nothing. One thread.
 */
public final class Threaded implements Knob {
    private final boolean napi;
    private boolean threaded;

    /** {@code napi}: whether the device has NAPI instances. */
    Threaded(boolean napi) {
        this.napi = napi;
    }

    @Override
    public String name() {
        return HostSettings.THREADED;
    }

    @Override
    public Written write(String bytes) {
        String text = SysfsWrite.taken(bytes, true);
        if (text.isEmpty()) {
            return Written.taken(0);
        }
        String read = SysfsWrite.untilNul(text);
        NumberText number = NumberText.parse(read, read.startsWith("+") ? 1 : 0);
        Written refused = number.refusedByKstrtoul(read);
        if (refused != null) {
            return refused;
        }
        if (!napi) {
            return Written.refused(Errno.EOPNOTSUPP, "the device has no NAPI instance");
        }
        if (number.value() != 0 && number.value() != 1) {
            return Written.refused(Errno.EOPNOTSUPP, Long.toUnsignedString(number.value()) + " is neither 0 nor 1");
        }
        threaded = number.value() == 1;
        return Written.taken(text.length());
    }

    @Override
    public String text() {
        return threaded ? "1" : "0";
    }

    @Override
    public String allowed() {
        return napi ? "0 or 1" : "nothing: such a device has no threads";
    }

    /** Whether threads poll. */
    public boolean isThreaded() {
        return threaded;
    }
}
