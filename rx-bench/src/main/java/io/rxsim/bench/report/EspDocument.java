package io.rxsim.bench.report;

import io.rxsim.core.xfrm.EspResult;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** What became of ESP packets, as a part of JSON and of the table. */
final class EspDocument {
    /** Counts in the table, by name. */
    private static final Map<String, String> COUNTS = counts();
    /** Those that are left out where they are 0 in all variants. */
    private static final Map<String, String> RARE = rare();

    private static final int SHARE_DECIMALS = 6;

    private EspDocument() {}

    private static Map<String, String> counts() {
        Map<String, String> counts = new LinkedHashMap<>();
        counts.put("  forged", "esp.forged");
        counts.put("  replayed", "esp.replayed");
        counts.put("  malformed", "esp.malformed");
        counts.put("  unknown SPI", "esp.unknownSpi");
        counts.put("  dropped before", "esp.dropped");
        counts.put("  out of order in tunnels", "esp.outOfOrder");
        return counts;
    }

    private static Map<String, String> rare() {
        Map<String, String> counts = new LinkedHashMap<>();
        counts.put("  padata inline", "esp.padataInline");
        counts.put("  padata refused", "esp.padataRefused");
        return counts;
    }

    /** The part of JSON: packets = decrypted + forged + replayed + malformed + unknownSpi + dropped + those still inside. */
    static Map<String, Object> of(EspResult result) {
        Map<String, Object> esp = new LinkedHashMap<>();
        esp.put("packets", result.packets());
        result.verdicts().forEach((verdict, count) -> esp.put(verdict.label(), count));
        esp.put("dropped", result.lostEarlier());
        esp.put("outOfOrder", result.outOfOrder());
        esp.put("innerFlows", result.innerFlows());
        esp.put(
                "reorderWaitShare",
                BigDecimal.valueOf(result.reorderWaitShare()).setScale(SHARE_DECIMALS, RoundingMode.HALF_EVEN));
        EspResult.Padata padata = result.padata() == null ? new EspResult.Padata(0, 0, 0) : result.padata();
        esp.put("padataJobs", padata.jobs());
        esp.put("padataInline", padata.inline());
        esp.put("padataRefused", padata.refused());
        return esp;
    }

    /** The part of the table; nothing where no variant has ESP. */
    static void rows(TextTable table, List<VariantResult> shown) {
        if (shown.stream().noneMatch(result -> result.has("esp"))) {
            return;
        }
        table.line("").line("ESP");
        row(
                table,
                shown,
                "  decrypted",
                result -> Units.count(result.number("esp.decrypted")) + " by "
                        + result.figures().get("crypto"));
        COUNTS.forEach((label, path) -> row(table, shown, label, result -> Units.count(result.number(path))));
        RARE.forEach((label, path) -> {
            if (shown.stream().anyMatch(result -> result.has(path) && result.number(path) != 0)) {
                row(table, shown, label, result -> Units.count(result.number(path)));
            }
        });
        row(table, shown, "  inner flows", result -> Units.count(result.number("esp.innerFlows")));
        row(
                table,
                shown,
                "  reorder wait, share of time",
                result -> Units.percent(result.number("esp.reorderWaitShare"), 1));
    }

    private static void row(
            TextTable table, List<VariantResult> shown, String label, Function<VariantResult, String> cell) {
        table.row(
                label,
                shown.stream()
                        .map(result -> result.has("esp") ? cell.apply(result) : "-")
                        .toList());
    }
}
