package dev.drey.job.specification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drey.connectors.secret.Secret;
import dev.drey.job.specification.key.SpecificationException;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class WorkerTokenTest {

  private static final String SPEC =
      """
      network: {layers: [{dense: {units: 2}}]}
      data: {format: idx, features: x, labels: y}
      """;

  private static final Map<String, String> SERVICE =
      Map.of(
          "workers.runtime", "aws",
          "workers.region", "eu-central-1",
          "workers.function", "drey");

  @Test
  void aTokenIsAReferenceToASecret() throws Exception {
    for (String endpoint :
        new String[] {
          "http://localhost:9001", "http://127.0.0.1:9001", "http://[::1]:9001", "https://a.example"
        }) {
      assertThat(read(endpoint, "{env: TOKEN}").workers().token())
          .contains(new Secret.Variable("TOKEN"));
    }
    assertThat(read("http://localhost:9001", "{file: /run/token}").workers().token())
        .contains(new Secret.StoredFile("/run/token"));
  }

  @Test
  void aTokenInTheClearIsRefusedAndNotShown() {
    assertThatThrownBy(() -> read("http://localhost:9001", "hunter2"))
        .isInstanceOf(SpecificationException.class)
        .hasMessageContaining(
            "workers.token: is something else, must be {env: NAME} or {file: PATH}")
        .hasMessageNotContaining("hunter2");
  }

  @Test
  void aTokenIsNotSentThroughTheNetworkInTheClear() {
    assertThatThrownBy(() -> read("http://a.example:9001", "{env: TOKEN}"))
        .hasMessageContaining(
            "workers.token: would go to http://a.example:9001 in the clear, the endpoint must be"
                + " https or on this machine");
  }

  @Test
  void awsItselfTakesNoToken() {
    assertThatThrownBy(() -> SpecText.read(SPEC + "workers: {token: {env: TOKEN}}\n", SERVICE))
        .hasMessageContaining("workers.token: is given, must be left out without an endpoint");
  }

  private static RunSpecification read(String endpoint, String token)
      throws SpecificationException {
    return SpecText.read(
        SPEC + "workers: {endpoint: '" + endpoint + "', token: " + token + "}\n", SERVICE);
  }
}
