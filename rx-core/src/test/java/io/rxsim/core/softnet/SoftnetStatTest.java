package io.rxsim.core.softnet;

import static org.assertj.core.api.Assertions.assertThat;

import io.rxsim.core.kernel.KernelRules;
import org.junit.jupiter.api.Test;

/** The text of /proc/net/softnet_stat, column by column. */
class SoftnetStatTest {
    private static final SoftnetStat STAT = new SoftnetStat(17, 0x28d8bad, 2, 3, 0x688780, 4, 5, 6);

    @Test
    void shouldPrintFifteenColumnsIn618() {
        assertThat(STAT.line(KernelRules.V6_18))
                .isEqualTo("028d8bad 00000002 00000003 00000000 00000000 00000000 00000000 00000000 00000000 00688780"
                        + " 00000004 0000000b 00000011 00000005 00000006");
    }

    @Test
    void shouldPrintTenColumnsIn2635() {
        assertThat(STAT.line(KernelRules.V2_6_35))
                .isEqualTo("028d8bad 00000002 00000003 00000000 00000000 00000000 00000000 00000000 00000000 00688780");
    }

    @Test
    void shouldPrintCountersModulo2To32() {
        assertThat(new SoftnetStat(0, -1, Integer.MIN_VALUE, 0, 0, 0, 0, 0).line(KernelRules.V6_18))
                .startsWith("ffffffff 80000000 00000000");
    }
}
