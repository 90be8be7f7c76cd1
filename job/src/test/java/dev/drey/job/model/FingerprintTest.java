package dev.drey.job.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FingerprintTest {

  /** {@code hashlib.sha256(numpy.array([1, -2, 0.5], '<f4').tobytes()).hexdigest()}. */
  @Test
  void itIsTheSha256OfTheLittleEndianValues() {
    assertThat(Fingerprint.of(new float[] {1, -2, 0.5f}))
        .isEqualTo("2ce4bdb6b34a50ac7092eb9fee94337a27498e9eb9bae44192f15b88831b2422");
  }

  @Test
  void itIsOfAllVectorsOneAfterTheOther() {
    assertThat(Fingerprint.of(new float[] {1}, new float[] {-2, 0.5f}))
        .isEqualTo(Fingerprint.of(new float[] {1, -2, 0.5f}));
  }

  @Test
  void oneBitAnywhereChangesIt() {
    float[] values = new float[100_000];
    String before = Fingerprint.of(values);
    values[99_999] = Float.MIN_VALUE;

    assertThat(Fingerprint.of(values)).isNotEqualTo(before);
    assertThat(Fingerprint.of(new float[] {-0.0f})).isNotEqualTo(Fingerprint.of(new float[] {0}));
  }
}
