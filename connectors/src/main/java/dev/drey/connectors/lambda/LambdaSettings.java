package dev.drey.connectors.lambda;

import dev.drey.connectors.secret.Secret;
import dev.drey.connectors.transport.TransportSettings;
import java.io.Serial;
import java.io.Serializable;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * Which function is called, and how.
 *
 * @param functionName name or ARN of the function
 * @param region the AWS region
 * @param endpoint replaces AWS's endpoint; null for AWS's own. Calls with a token and calls to a
 *     loopback address are anonymous, all others use the AWS default credential chain
 * @param token that calls have as {@code Authorization: Bearer TOKEN}, read when a client is
 *     opened; null for none
 * @param concurrency most concurrent calls, at least 1
 * @param transport how weights and results travel
 */
public record LambdaSettings(
    String functionName,
    String region,
    @Nullable URI endpoint,
    @Nullable Secret token,
    int concurrency,
    TransportSettings transport)
    implements Serializable {

  @Serial private static final long serialVersionUID = 1L;

  public LambdaSettings {
    if (functionName.isBlank()) {
      throw new IllegalArgumentException("function name is blank");
    }
    if (token != null && endpoint == null) {
      throw new IllegalArgumentException(
          "there is a token, which AWS's own endpoint does not take");
    }
    if (concurrency < 1) {
      throw new IllegalArgumentException("concurrency is " + concurrency + ", must be at least 1");
    }
  }

  /** Whether the endpoint is a loopback address; decided by its text, without a DNS lookup. */
  boolean isLoopback() {
    if (endpoint == null || endpoint.getHost() == null) {
      return false;
    }
    String host = endpoint.getHost();
    return host.equals("localhost") || host.equals("[::1]") || host.matches("127(\\.\\d{1,3}){3}");
  }
}
