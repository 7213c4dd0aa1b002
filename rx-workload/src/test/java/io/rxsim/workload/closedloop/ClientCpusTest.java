package io.rxsim.workload.closedloop;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ClientCpusTest {
    @Test
    void shouldWorkOnWhicheverCpuIsFreeFirst() {
        ClientCpus cpus = new ClientCpus(new ClientCpus.Shape(2, 100, 0));
        assertThat(cpus.work(0)).isEqualTo(100);
        assertThat(cpus.work(30)).isEqualTo(130);
        assertThat(cpus.work(40)).isEqualTo(200);
        assertThat(cpus.work(50)).isEqualTo(230);
        assertThat(cpus.work(500)).isEqualTo(600);
        assertThat(cpus.busy(1000)).isEqualTo(0.25);
    }

    @Test
    void shouldNeverBeMoreThanBusy() {
        ClientCpus cpus = new ClientCpus(new ClientCpus.Shape(1, 100, 0));
        assertThat(cpus.busy(0)).isZero();
        cpus.work(0);
        cpus.work(0);
        assertThat(cpus.busy(100)).isEqualTo(1);
    }
}
