package io.rxsim.bench.scenario;

import io.rxsim.core.cpu.CpuMask;
import io.rxsim.core.run.NearNames;
import io.rxsim.core.xfrm.CryptoMode;
import io.rxsim.core.xfrm.ReplayWindow;
import io.rxsim.core.xfrm.XfrmConfig;
import java.util.ArrayList;
import java.util.List;

/** The parts {@code crypto} and {@code esp}: how ESP packets are decrypted. They belong to a workload that has some. */
final class CryptoReader {
    /** Where. */
    static final String CRYPTO = "crypto";
    /** How. */
    static final String ESP = "esp";

    /** Keys of these parts. */
    static final List<String> KEYS = List.of(CRYPTO, ESP);

    private static final List<String> INNER = List.of("inline", "steered");

    private CryptoReader() {}

    /** The modes that a scenario without variants compares: those given, or all that the kernel has. */
    static List<String> compared(Tree.Entry given, boolean hasRps) {
        if (given == null || given.value() instanceof Tree.Scalar scalar && scalar.isNull()) {
            List<String> all = new ArrayList<>(CryptoMode.labels());
            if (!hasRps) {
                all.remove(CryptoMode.PER_FLOW.label());
            }
            return all;
        }
        List<Tree> items = given.value() instanceof Tree.Sequence list ? list.items() : List.of(given.value());
        List<String> modes = new ArrayList<>();
        for (Tree item : items) {
            String mode = Section.scalar(CRYPTO, item);
            if (!CryptoMode.labels().contains(mode)) {
                throw new BadInputException(
                        item.at(), CRYPTO + "=" + mode + " is unknown" + NearNames.hint(mode, CryptoMode.labels()));
            }
            if (modes.contains(mode)) {
                throw new BadInputException(item.at(), CRYPTO + "=" + mode + " is given twice, allowed is once");
            }
            modes.add(mode);
        }
        if (modes.isEmpty()) {
            throw new BadInputException(
                    given.value().at(), CRYPTO + " is empty, allowed are " + String.join(", ", CryptoMode.labels()));
        }
        return modes;
    }

    /**
     * Reads the parts.
     *
     * @param root the settings of a variant
     * @param online the host's online CPUs
     * @param encrypted whether the workload has ESP packets to decrypt
     * @param notes hears of settings without effect
     * @return the settings, or null where nothing is to be decrypted
     */
    static XfrmConfig read(Section root, CpuMask online, boolean encrypted, List<String> notes) {
        if (!encrypted) {
            List<String> given = KEYS.stream().filter(root::has).toList();
            if (given.isEmpty()) {
                return null;
            }
            notes.add(String.join(" and ", given) + ": nothing arrives that is decrypted, it takes a capture with"
                    + " workload.sa or workload.test=ESP_STREAM");
        }
        CryptoMode crypto = CryptoMode.of(root.choice(CRYPTO, CryptoMode.labels(), CryptoMode.SERIAL.label()));
        Section esp = root.section(ESP);
        String inner = esp.choice("inner", INNER, INNER.get(0));
        int window = (int)
                esp.integer("replay_window", ReplayWindow.OFF, ReplayWindow.MAX_SIZE, XfrmConfig.DEFAULT_REPLAY_WINDOW);
        CpuMask parallel = mask(esp, "parallel_cpumask", online);
        CpuMask serial = mask(esp, "serial_cpumask", online);
        esp.finish();
        return encrypted ? new XfrmConfig(crypto, inner.equals("steered"), window, parallel, serial) : null;
    }

    private static CpuMask mask(Section esp, String key, CpuMask online) {
        CpuMask mask = esp.mask(key, online.nrCpuIds());
        if (mask == null) {
            CpuMask all = CpuMask.all(online.nrCpuIds());
            esp.recordDefault(key, all.toString());
            return all;
        }
        if (mask.and(online).isEmpty()) {
            throw esp.error(key, key + "=" + mask + " has no online CPU, online is " + online);
        }
        esp.record(key, mask.toString());
        return mask;
    }
}
