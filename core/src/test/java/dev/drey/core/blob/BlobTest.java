package dev.drey.core.blob;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class BlobTest {

  @Test
  void anInlineBlobGivesItsBytesOnceTheyAreVerified() throws CorruptBlobException {
    byte[] bytes = {1, 2, 3};

    assertThat(Blob.Inline.of(bytes).verified()).isSameAs(bytes);
  }

  @Test
  void theChecksumIsCastagnolis() {
    // The check value that RFC 3720's polynomial has in every catalogue of CRCs.
    assertThat(Checksum.of("123456789".getBytes(US_ASCII))).isEqualTo("e3069283");
    // RFC 3720, B.4: 32 bytes of zeros, which the RFC prints in wire order as aa 36 91 8a.
    assertThat(Checksum.of(new byte[32])).isEqualTo("8a9136aa");
    assertThat(Checksum.of(new byte[0])).isEqualTo("00000000");
  }

  @Test
  void aFlippedBitIsNoticed() {
    byte[] bytes = {1, 2, 3};
    Blob.Inline blob = Blob.Inline.of(bytes);
    bytes[1] ^= 4;

    assertThatThrownBy(blob::verified)
        .isInstanceOf(CorruptBlobException.class)
        .hasMessageMatching("inline blob: 3 bytes have CRC-32C [0-9a-f]{8}, not [0-9a-f]{8}")
        .hasMessageEndingWith(blob.crc32c());
  }
}
