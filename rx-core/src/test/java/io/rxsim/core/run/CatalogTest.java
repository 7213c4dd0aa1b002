package io.rxsim.core.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class CatalogTest {
    private final Catalog<Integer> catalog = new Catalog<Integer>("steering")
            .with("none", 1)
            .with("rps", 2)
            .with("rfs", 3)
            .with("oracle", 4);

    @Test
    void shouldFindMembersAndNameThemInOrderOfRegistration() {
        assertThat(catalog.get("rfs")).isEqualTo(3);
        assertThat(catalog.names()).containsExactly("none", "rps", "rfs", "oracle");
    }

    @Test
    void shouldNameTheNearestForAnUnknownName() {
        assertThatThrownBy(() -> catalog.get("oracel"))
                .hasMessage("steering=oracel is unknown, did you mean oracle?, allowed: none, rps, rfs, oracle");
        assertThatThrownBy(() -> catalog.get("something"))
                .hasMessage("steering=something is unknown, allowed: none, rps, rfs, oracle");
    }

    @Test
    void shouldRefuseANameTwice() {
        assertThatThrownBy(() -> catalog.with("rps", 5)).hasMessage("steering=rps is registered twice");
    }

    @Test
    void shouldMeasureTheEditsBetweenNames() {
        assertThat(NearNames.editDistance("", "abc")).isEqualTo(3);
        assertThat(NearNames.editDistance("kitten", "sitting")).isEqualTo(3);
        assertThat(NearNames.editDistance("rps", "rps")).isZero();
        assertThat(NearNames.editDistance("abc", "")).isEqualTo(3);
    }

    @Test
    void shouldCallANameNearWithinAThirdOfItsLengthOrTwoEdits() {
        assertThat(NearNames.nearest("netdev_max_backlg", List.of("netdev_budget", "netdev_max_backlog")))
                .isEqualTo("netdev_max_backlog");
        assertThat(NearNames.nearest("abcdefghi", List.of("abcdefXYZ"))).isEqualTo("abcdefXYZ");
        assertThat(NearNames.nearest("abcdefghi", List.of("abcdeWXYZ"))).isNull();
        assertThat(NearNames.nearest("ab", List.of("cd"))).isEqualTo("cd");
        assertThat(NearNames.nearest("ab", List.of("cde"))).isNull();
        assertThat(NearNames.nearest("ac", List.of("ab", "ad"))).isEqualTo("ab");
    }
}
