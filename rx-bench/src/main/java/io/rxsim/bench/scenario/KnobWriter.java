package io.rxsim.bench.scenario;

import io.rxsim.core.sysctl.Knob;
import io.rxsim.core.sysctl.Written;
import java.util.List;

/**
 * Writes settings of a scenario to the modelled kernel's files: what the kernel refuses is an input error that names errno and
 * reason, what it ignores is a note.
 *
 * @param notes collects what the kernel accepts and that yet says something to its user
 */
record KnobWriter(List<String> notes) {
    /**
     * Writes the value of a key, if there is one, and records what is in force.
     *
     * @param from where the value is looked up
     * @param record where what is in force is recorded; a default is recorded as such
     */
    void write(Section from, Section record, String key, Knob knob) {
        String text = from.text(key);
        if (text == null) {
            record.recordDefault(key, inForce(knob));
            return;
        }
        Written written = knob.write(Knob.bytes(text));
        if (written.isRefused()) {
            throw from.error(key, refusal(key, text, knob, written));
        }
        int given = Knob.bytes(text).length();
        if (written.ret() < given) {
            notes.add(key + ": the kernel takes " + written.ret() + " of " + given + " bytes of \"" + text
                    + "\", which sets " + knob.text());
        }
        record.record(key, inForce(knob));
    }

    /** {@code key=text (ERRNO: reason), allowed is ...}. */
    static String refusal(String key, String text, Knob knob, Written written) {
        return key + "=" + text + " (" + written.errno() + ": " + written.reason() + "), allowed "
                + (knob.isMask() ? "are " : "is ") + knob.allowed();
    }

    /** A number as a number, so that a program which reads the effective settings sees one. */
    private static Object inForce(Knob knob) {
        return knob.isMask() ? knob.text() : (Object) Long.parseLong(knob.text());
    }
}
