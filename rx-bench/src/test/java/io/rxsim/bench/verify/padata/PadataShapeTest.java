package io.rxsim.bench.verify.padata;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PadataShapeTest {
    /** Rows whose model agrees with what was published, but for the rates of bound workers on the busy machine. */
    private static PublishedPadata withBusyBound(long modelled) {
        List<PadataRow> rows = new ArrayList<>();
        for (int bytes : new int[] {16, 8192}) {
            rows.add(new PadataRow(false, 211, false, bytes, 25_000, 160_000, 25_000, 160_000));
            rows.add(new PadataRow(false, 215, false, bytes, 400_000, 450_000, 400_000, 450_000));
            rows.add(new PadataRow(true, 211, false, bytes, 1_000, 100_000, modelled, 100_000));
            rows.add(new PadataRow(true, 215, false, bytes, 2_400, 500_000, 2_400, 500_000));
        }
        return new PublishedPadata(rows, PadataShape.of(rows));
    }

    @Test
    void shouldHoldWhereTheModelIsNearWhatWasPublished() {
        PublishedPadata padata = withBusyBound(1_110);

        assertThat(padata.held()).isTrue();
        assertThat(PadataFormat.TABLE.write(padata))
                .contains("busy machine, encryption, mode 211: one request outstanding")
                .contains("1000       1110      +11 %     100000     100000       +0 %     x100.0      x90.1")
                .doesNotContain("NOT HELD");
    }

    @Test
    void shouldNotHoldWhereBoundWorkersDoNotCollapse() {
        PublishedPadata padata = withBusyBound(25_000);

        assertThat(padata.held()).isFalse();
        assertThat(PadataFormat.TABLE.write(padata)).contains("1.00 to 1.00, 25.00 to 25.00, 0.50 to 2.00: NOT HELD");
        assertThat(PadataFormat.JSON.write(padata)).contains("\"held\" : false");
    }

    @Test
    void shouldWriteARowPerLineOfCsv() {
        assertThat(PadataFormat.CSV.write(withBusyBound(1_110)).lines())
                .hasSize(9)
                .startsWith("system,mode,operation,bytes,bound,modelledBound,unbound,modelledUnbound")
                .contains("busy,211,enc,16,1000,1110,100000,100000");
    }
}
