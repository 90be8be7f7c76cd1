package dev.drey.connectors.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import org.junit.jupiter.api.Test;

final class TransportSettingsTest {

  @Test
  void onOneMachineLargePartsGoByFile() {
    assertThat(TransportSettings.shared(URI.create("file:///dev/shm/x/results")))
        .isEqualTo(
            new TransportSettings(
                true,
                TransportSettings.DEFAULT_INLINE_BYTES,
                URI.create("file:///dev/shm/x/results")));
  }

  @Test
  void badValuesAreRefused() {
    assertThatThrownBy(() -> new TransportSettings(true, -1, null))
        .hasMessageContaining("inline bytes is -1");
    assertThatThrownBy(() -> new TransportSettings(true, 6_000_000, null))
        .hasMessageContaining("inline bytes is 6000000");
    assertThatThrownBy(() -> new TransportSettings(true, 1, URI.create("s3://bucket/x")))
        .hasMessageContaining("s3://bucket/x")
        .hasMessageContaining("there are stores for [file]");
  }
}
