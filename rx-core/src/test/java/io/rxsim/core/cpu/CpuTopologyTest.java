package io.rxsim.core.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class CpuTopologyTest {
    /** Two packages of four cores, two cores per cache, two threads: CPUs 0-3 and 8-11 are package 0, 4-7 and 12-15 package 1. */
    private final CpuTopology topology = new CpuTopology(2, 4, 2, 2);

    @Test
    void shouldNumberAllFirstThreadsBeforeAllSecondThreads() {
        assertThat(topology.cpuCount()).isEqualTo(16);
        assertThat(topology.distance(3, 3)).isEqualTo(Distance.SAME);
        assertThat(topology.distance(3, 11)).isEqualTo(Distance.SMT);
        assertThat(topology.distance(0, 8)).isEqualTo(Distance.SMT);
    }

    @Test
    void shouldTellCachePackageAndRemoteApart() {
        assertThat(topology.distance(0, 1)).isEqualTo(Distance.LLC);
        assertThat(topology.distance(0, 9)).isEqualTo(Distance.LLC);
        assertThat(topology.distance(1, 2)).isEqualTo(Distance.PACKAGE);
        assertThat(topology.distance(8, 11)).isEqualTo(Distance.PACKAGE);
        assertThat(topology.distance(3, 4)).isEqualTo(Distance.REMOTE);
        assertThat(topology.distance(8, 15)).isEqualTo(Distance.REMOTE);
    }

    @Test
    void shouldBeSymmetricAndSameOnlyForOneCpu() {
        for (int a = 0; a < 16; a++) {
            for (int b = 0; b < 16; b++) {
                assertThat(topology.distance(a, b)).isEqualTo(topology.distance(b, a));
                assertThat(topology.distance(a, b) == Distance.SAME).isEqualTo(a == b);
            }
        }
    }

    @Test
    void shouldPutAFlatMachineBehindOneCache() {
        CpuTopology flat = CpuTopology.flat(8);
        assertThat(flat.cpuCount()).isEqualTo(8);
        assertThat(flat.distance(0, 7)).isEqualTo(Distance.LLC);
    }

    @Test
    void shouldRefuseImpossibleShapes() {
        assertThatThrownBy(() -> new CpuTopology(0, 1, 1, 1)).hasMessage("packages=0, allowed is 1 to 4096");
        assertThatThrownBy(() -> new CpuTopology(1, -1, 1, 1)).hasMessage("cores=-1, allowed is 1 to 4096");
        assertThatThrownBy(() -> new CpuTopology(1, 1, 0, 1)).hasMessage("cores_per_llc=0, allowed is 1 to 4096");
        assertThatThrownBy(() -> new CpuTopology(1, 1, 1, 5000)).hasMessage("threads=5000, allowed is 1 to 4096");
        assertThatThrownBy(() -> new CpuTopology(1, 4, 3, 1)).hasMessage("cores_per_llc=3 does not divide cores=4");
        assertThatThrownBy(() -> new CpuTopology(4096, 4096, 1, 4096))
                .hasMessage("packages=4096 cores=4096 threads=4096 make more than 4096 CPUs");
        assertThat(new CpuTopology(2, 1024, 1, 2).cpuCount()).isEqualTo(4096);
    }
}
