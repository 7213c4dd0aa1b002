package io.rxsim.bench.verify.kernel;

import io.rxsim.core.sysctl.Knob;
import io.rxsim.core.sysctl.Written;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;

/**
 * What one write(2) to a setting answered, and what a read shows after it.
 *
 * @param ret bytes taken; -1 for an error
 * @param errno its name, or {@code -}
 * @param readBack the text without the newline at its end
 */
record SettingAnswer(int ret, String errno, String readBack) {
    private static final String NONE = "-";
    private static final Map<String, String> ERRNO_OF_TEXT = Map.of(
            "Invalid argument", "EINVAL",
            "Value too large for defined data type", "EOVERFLOW",
            "Numerical result out of range", "ERANGE",
            "Cannot allocate memory", "ENOMEM",
            "Operation not supported", "EOPNOTSUPP",
            "Operation not permitted", "EPERM",
            "Permission denied", "EACCES");

    /** The running kernel's answer for a file of this process's namespaces. At least one byte: Java makes no empty write. */
    static SettingAnswer ofKernel(Path file, String bytes) {
        int ret = -1;
        String errno = NONE;
        try (FileChannel out = FileChannel.open(file, StandardOpenOption.WRITE)) {
            ret = out.write(ByteBuffer.wrap(bytes.getBytes(StandardCharsets.ISO_8859_1)));
        } catch (IOException e) {
            errno = ERRNO_OF_TEXT.get(String.valueOf(e.getMessage()));
            if (errno == null) {
                throw new VerificationException(file + ": an errno that is not understood (LC_ALL=C may help)", e);
            }
        }
        return new SettingAnswer(ret, errno, KernelFile.read(file));
    }

    /** The product's answer: that of the class behind {@code rx sysctl}. */
    static SettingAnswer ofModel(Knob knob, String bytes) {
        Written written = knob.write(bytes);
        return new SettingAnswer(
                written.ret(), written.errno() == null ? NONE : written.errno().name(), knob.text());
    }

    /** Three words, the last of which has no blank in it. */
    String words() {
        return ret + " " + errno + " " + readBack.replace(' ', '_');
    }

    /** From {@link #words}. */
    static SettingAnswer of(String words) {
        String[] three = words.split(" ", 3);
        return new SettingAnswer(Integer.parseInt(three[0]), three[1], three[2].replace('_', ' '));
    }

    @Override
    public String toString() {
        return (errno.equals(NONE) ? ret + " bytes" : errno) + ", then \"" + readBack + "\"";
    }
}
