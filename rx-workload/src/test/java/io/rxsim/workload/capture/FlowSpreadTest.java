package io.rxsim.workload.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.rxsim.core.packet.FlowKey;
import io.rxsim.core.packet.PacketHeaders;
import java.util.BitSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Connections that differ in one port only must not crowd a few places of the index. */
class FlowSpreadTest {
    private static final int PLACES = 1 << 16;

    @ParameterizedTest
    @CsvSource({
        "tcp:10.88.0.1:0>10.88.0.2:80",
        "tcp:10.88.0.2:0>10.88.0.1:80",
        "udp:[2001:db8::1]:0>[2001:db8::2]:9000",
        "udp:[2001:db8::2]:0>[2001:db8::1]:9000"
    })
    void shouldSpreadTheConnectionsOfOneClient(String flow) {
        FlowKey any = FlowKey.parse(flow);
        SortedTuple tuple = new SortedTuple();
        PacketHeaders headers = new PacketHeaders();
        BitSet taken = new BitSet(PLACES);
        for (int port = 32_768; port < 61_000; port++) {
            new FlowKey(any.protocol(), any.source(), any.destination(), port << 16 | any.portsWord())
                    .toHeaders(headers);
            tuple.set(headers);
            taken.set(tuple.hash & PLACES - 1);
        }
        // 28,232 balls in 65,536 bins leave 22,940 taken on average.
        assertThat(taken.cardinality()).isGreaterThan(20_000);
    }
}
