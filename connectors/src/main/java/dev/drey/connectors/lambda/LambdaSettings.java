package dev.drey.connectors.lambda;

import dev.drey.connectors.transport.TransportSettings;
import java.io.Serial;
import java.io.Serializable;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * Which function is called, and how.
 *
 * @param functionName its name, or its ARN
 * @param region the AWS region
 * @param endpoint of the service, in place of AWS's own; null for that. At a loopback address calls
 *     are made without credentials, anywhere else with those of the AWS default chain
 * @param concurrency most calls at a time, at least 1
 * @param transport how weights and results travel
 */
public record LambdaSettings(
    String functionName,
    String region,
    @Nullable URI endpoint,
    int concurrency,
    TransportSettings transport)
    implements Serializable {

  @Serial private static final long serialVersionUID = 1L;

  public LambdaSettings {
    if (functionName.isBlank()) {
      throw new IllegalArgumentException("function name is blank");
    }
    if (concurrency < 1) {
      throw new IllegalArgumentException("concurrency is " + concurrency + ", must be at least 1");
    }
  }

  /** Whether the service is on this machine, by its address alone: no name is looked up. */
  boolean isLoopback() {
    if (endpoint == null || endpoint.getHost() == null) {
      return false;
    }
    String host = endpoint.getHost();
    return host.equals("localhost") || host.equals("[::1]") || host.matches("127(\\.\\d{1,3}){3}");
  }
}
