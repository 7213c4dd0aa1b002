package io.rxsim.bench.verify.kernel;

import io.rxsim.core.sysctl.Knob;
import java.util.function.UnaryOperator;

/**
 * A setting of the running kernel beside the class that stands for it in {@code rx sysctl} and in scenarios: every write goes to
 * both, and both must answer and then show the same. One thread.
 */
final class SettingFile {
    private final String name;
    private final Kernel kernel;
    private final Knob model;
    private int writes;
    private int agreeing;
    private String firstDisagreement;

    /** Writes to the kernel's file. */
    @FunctionalInterface
    interface Kernel {
        /** The answer to one write of some bytes. */
        SettingAnswer write(String bytes);
    }

    /**
     * A file and its class, which is told what the file shows now.
     *
     * @param name in reports
     * @param shown what the file shows
     */
    SettingFile(String name, String shown, Kernel kernel, Knob model) {
        this.name = name;
        this.kernel = kernel;
        this.model = model;
        if (!model.text().equals(shown)) {
            model.write(shown);
        }
        if (!model.text().equals(shown)) {
            throw new VerificationException(
                    name + " shows \"" + shown + "\", which the model cannot: \"" + model.text() + "\"");
        }
    }

    /** One write to both. */
    void write(String bytes) {
        SettingAnswer ofKernel = kernel.write(bytes);
        SettingAnswer ofModel = SettingAnswer.ofModel(model, bytes);
        writes++;
        if (ofKernel.equals(ofModel)) {
            agreeing++;
        } else if (firstDisagreement == null) {
            firstDisagreement =
                    name + "=" + escaped(bytes) + ": the kernel answers " + ofKernel + ", the model " + ofModel;
        }
    }

    /** Each of some writes, from the state that the one before left; then the text that was there. */
    void writeAll(Iterable<String> texts) {
        String before = model.text();
        texts.forEach(this::write);
        write(before + "\n");
    }

    /** What its writes showed so far. */
    SettingResult result() {
        return new SettingResult(name, writes, agreeing, firstDisagreement);
    }

    /** As {@code rx sysctl} takes it. */
    static String escaped(String bytes) {
        UnaryOperator<String> control =
                text -> text.replace("\n", "\\n").replace("\t", "\\t").replace("\0", "\\x00");
        return control.apply(bytes.replace("\\", "\\\\"));
    }
}
