package io.rxsim.workload.esp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SaFileTest {
    private static final String HEADER = "spi,mode,algorithm,key_hex,salt_hex";
    private static final String KEY = "5ec2e7000102030405060708090a0b0c";
    private static final String SALT = "5a175a17";
    private static final String GOOD = "0x1000,tunnel,AES-128-GCM ICV16," + KEY + "," + SALT;

    @Test
    void shouldReadColumnsInAnyOrderAndSkipCommentsAndEmptyLines() {
        SecurityAssociations associations = SaFile.parse(
                "keys.csv",
                List.of(
                        "# ours",
                        "mode, spi, salt_hex, algorithm, key_hex",
                        "",
                        "transport, 4097, " + SALT + ", AES-128-GCM ICV12, " + KEY));

        assertThat(associations.size()).isEqualTo(1);
        assertThat(associations.get(0).toString()).isEqualTo("esp 0x00001001 transport AES-128-GCM ICV12");
        assertThat(associations.find(0x1001)).isEqualTo(0);
        assertThat(associations.find(0x1002)).isEqualTo(SecurityAssociations.UNKNOWN);
    }

    @Test
    void shouldFindEachOfManyAssociations() {
        List<SecurityAssociation> many = java.util.stream.IntStream.rangeClosed(1, 5000)
                .mapToObj(n -> EspPackets.association(n * 0x10001, EspMode.TUNNEL, 16, 16))
                .toList();
        SecurityAssociations associations = new SecurityAssociations(many);
        for (int n = 1; n <= 5000; n++) {
            assertThat(associations.find(n * 0x10001)).isEqualTo(n - 1);
        }
        assertThat(associations.find(0x10002)).isEqualTo(SecurityAssociations.UNKNOWN);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0x1000,tunnel,AES-128-GCM ICV16,5ec2e7,5a175a17|the key has 3 bytes",
                "0x1000,tunnel,AES-256-GCM ICV16,5ec2e7000102030405060708090a0b0c,5a175a17|the key has 16 bytes",
                "0x1000,tunnel,AES-128-GCM ICV16,5ec2e7000102030405060708090a0b0g,5a175a17|key_hex has 32 characters",
                "0x1000,tunnel,AES-128-GCM ICV16,5ec2e7000102030405060708090a0b0c,5a175a1|salt_hex has 7 characters",
                "0x1000,tunnel,AES-128-GCM ICV16,5ec2e7000102030405060708090a0b0c,5a17|the salt has 2 bytes",
                "0x1000,tunnel,AES-128-GCM ICV8,5ec2e7000102030405060708090a0b0c,5a175a17|algorithm has an ICV of 8 bytes",
                "0x1000,tunnel,AES-192-GCM ICV16,5ec2e7000102030405060708090a0b0c,5a175a17|algorithm has a key of 192 bits",
                "0x1000,tunnel,AES-CBC,5ec2e7000102030405060708090a0b0c,5a175a17|algorithm=AES-CBC is unknown",
                "0x1000,both,AES-128-GCM ICV16,5ec2e7000102030405060708090a0b0c,5a175a17|mode=both",
                "0x0,tunnel,AES-128-GCM ICV16,5ec2e7000102030405060708090a0b0c,5a175a17|spi=0x0",
                "0x100000000,tunnel,AES-128-GCM ICV16,5ec2e7000102030405060708090a0b0c,5a175a17|spi=0x100000000",
                "0x1000,tunnel,AES-128-GCM ICV16,5ec2e7000102030405060708090a0b0c|4 fields"
            })
    void shouldNameTheLineAndNeverTheSecret(String line, String expected) {
        String message = assertThrows(
                        IllegalArgumentException.class, () -> SaFile.parse("keys.csv", List.of(HEADER, line)))
                .getMessage();

        assertThat(message.substring(0, Math.min(message.length(), 12 + expected.length())))
                .isEqualTo("keys.csv:2: " + expected);
        assertThat(message.contains("5ec2e7") || message.contains("5a17"))
                .as(message)
                .isFalse();
    }

    @Test
    void shouldRefuseAnSpiTwiceAMissingHeaderAndAnEmptyFile() {
        assertThat(assertThrows(
                                IllegalArgumentException.class,
                                () -> SaFile.parse("keys.csv", List.of(HEADER, GOOD, GOOD)))
                        .getMessage())
                .isEqualTo("keys.csv: spi=0x1000 is given twice, allowed is once");
        String message = assertThrows(IllegalArgumentException.class, () -> SaFile.parse("keys.csv", List.of(GOOD)))
                .getMessage();
        assertThat(message).isEqualTo("keys.csv:1: this is no header line, allowed are the columns " + HEADER);
        assertThat(assertThrows(IllegalArgumentException.class, () -> SaFile.parse("keys.csv", List.of()))
                        .getMessage())
                .isEqualTo("keys.csv: 0 security associations, allowed is 1 to 1048576");
    }

    @Test
    void shouldHaveNoSecretInAnyText() {
        SecurityAssociations associations = SaFile.parse("keys.csv", List.of(HEADER, GOOD));
        String texts = associations + " " + associations.get(0) + " " + new AesGcm(associations.get(0)) + " "
                + new EspInbound(associations) + " " + new EspReceiver(associations, 64);

        assertThat(texts.contains("5ec2e7") || texts.contains("5a17")).as(texts).isFalse();
    }
}
