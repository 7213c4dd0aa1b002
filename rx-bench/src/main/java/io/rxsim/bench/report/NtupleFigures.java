package io.rxsim.bench.report;

import io.rxsim.core.run.NtupleResult;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What accelerated RFS did with the filters of the NIC, as figures: their names, and their labels in tables. */
final class NtupleFigures {
    /** Key of these figures. */
    static final String KEY = "ntuple";

    /** A figure of the table. */
    record Row(String label, String path) {}

    private NtupleFigures() {}

    static Map<String, Object> of(NtupleResult result) {
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("requests", result.requests().total());
        figures.put("inserted", result.requests().inserted());
        figures.put("moved", result.requests().moved());
        figures.put("refusedBusy", result.requests().busy());
        figures.put("refusedFull", result.requests().full());
        figures.put("refusedProtocol", result.requests().notSupported());
        figures.put("heldByActive", result.heldByActive());
        figures.put("filters", result.filters());
        figures.put("expired", result.expired());
        figures.put("caught", result.packets().caught());
        figures.put("meanwhile", result.packets().meanwhile());
        figures.put("misdirected", result.packets().misdirected());
        return figures;
    }

    /** The rows of a table, in order. */
    static List<Row> rows() {
        return List.of(
                new Row("filter requests", "requests"),
                new Row("  inserted", "inserted"),
                new Row("  moved to another queue", "moved"),
                new Row("  refused, too many under way", "refusedBusy"),
                new Row("  refused, table full", "refusedFull"),
                new Row("  refused, protocol", "refusedProtocol"),
                new Row("slots held by active flows", "heldByActive"),
                new Row("filters at the end", "filters"),
                new Row("filters expired", "expired"),
                new Row("packets caught by filters", "caught"),
                new Row("  not to their application", "misdirected"),
                new Row("packets before their filter", "meanwhile"));
    }
}
