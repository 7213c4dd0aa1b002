package io.rxsim.bench.cli;

import io.rxsim.core.cpu.CpuMask;

/** Masks from arrays. */
final class CpuSets {
    private CpuSets() {}

    /** The CPUs whose element is true, by way of the kernel's text form. */
    static CpuMask of(boolean[] chosen) {
        StringBuilder text = new StringBuilder();
        int groups = (chosen.length + 31) / 32;
        for (int group = groups - 1; group >= 0; group--) {
            long bits = 0;
            for (int bit = 0; bit < 32 && group * 32 + bit < chosen.length; bit++) {
                bits |= chosen[group * 32 + bit] ? 1L << bit : 0;
            }
            text.append(Long.toHexString(bits)).append(group > 0 ? "," : "");
        }
        return CpuMask.parse(text.toString(), chosen.length);
    }
}
