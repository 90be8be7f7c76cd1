package dev.drey.connectors.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drey.connectors.secret.Secret;
import dev.drey.connectors.transport.TransportSettings;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LambdaSettingsTest {

  @Test
  void withoutAnEndpointTheServiceIsAwss() {
    assertThat(settings(null, 1).isLoopback()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://127.0.0.1:9000",
        "http://127.8.9.1",
        "http://localhost:1",
        "http://[::1]:1"
      })
  void anAddressOfThisMachineIsLoopback(String endpoint) {
    assertThat(settings(endpoint, 1).isLoopback()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://127.0.0.1.example.org",
        "http://localhost.example.org",
        "https://lambda.us-east-1.amazonaws.com",
        "http://10.0.0.1"
      })
  void anyOtherAddressGetsTheRealCredentials(String endpoint) {
    assertThat(settings(endpoint, 1).isLoopback()).isFalse();
  }

  @Test
  void badValuesAreRefused() {
    assertThatThrownBy(() -> settings(null, 0)).hasMessageContaining("concurrency is 0");
    assertThatThrownBy(
            () -> new LambdaSettings(" ", "us-east-1", null, null, 1, TransportSettings.inline()))
        .hasMessageContaining("function name is blank");
    assertThatThrownBy(
            () ->
                new LambdaSettings(
                    "f",
                    "us-east-1",
                    null,
                    new Secret.Variable("TOKEN"),
                    1,
                    TransportSettings.inline()))
        .hasMessage("there is a token, which AWS's own endpoint does not take");
  }

  private static LambdaSettings settings(String endpoint, int concurrency) {
    return new LambdaSettings(
        "drey",
        "us-east-1",
        endpoint == null ? null : URI.create(endpoint),
        null,
        concurrency,
        TransportSettings.inline());
  }
}
