package dev.drey.connectors.lambda.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class LocalLambdaSettingsTest {

  @Test
  void lambdasOwnLimitsAreTheLimitsHere() {
    assertThat(new LocalLambdaSettings.Limits(128, Duration.ofMillis(1), 1).memoryMb())
        .isEqualTo(128);
    assertThat(new LocalLambdaSettings.Limits(10_240, Duration.ofMinutes(15), 1000).timeout())
        .hasMinutes(15);
  }

  @Test
  void valuesBeyondThemAreRefused() {
    Duration second = Duration.ofSeconds(1);
    assertThatThrownBy(() -> new LocalLambdaSettings.Limits(127, second, 1))
        .hasMessage("memory is 127 MB, must be in [128, 10240]");
    assertThatThrownBy(() -> new LocalLambdaSettings.Limits(10_241, second, 1))
        .hasMessageContaining("memory is 10241 MB");
    assertThatThrownBy(() -> new LocalLambdaSettings.Limits(128, Duration.ZERO, 1))
        .hasMessageContaining("timeout is PT0S");
    assertThatThrownBy(() -> new LocalLambdaSettings.Limits(128, Duration.ofSeconds(901), 1))
        .hasMessageContaining("timeout is PT15M1S");
    assertThatThrownBy(() -> new LocalLambdaSettings.Limits(128, second, 0))
        .hasMessageContaining("reserved concurrency is 0");
  }

  @Test
  void aNameThatIsNoFunctionNameIsRefused() {
    assertThatThrownBy(() -> new LocalLambdaSettings.Function("a/b", Path.of("x"), "H"))
        .hasMessageContaining("a/b");
  }
}
