package dev.drey.connectors.lambda;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.time.Duration;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.core.client.config.SdkAdvancedAsyncClientOption;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.http.nio.netty.SdkEventLoopGroup;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.lambda.LambdaAsyncClient;
import software.amazon.awssdk.services.lambda.LambdaAsyncClientBuilder;

/** Builds the AWS client: one attempt per call, and one connection per concurrent call. */
final class LambdaClients {

  /** Above Lambda's limit of 15 minutes, during which the connection is silent. */
  private static final Duration LONGEST_CALL = Duration.ofMinutes(16);

  private static final Duration CONNECT = Duration.ofSeconds(5);

  /**
   * Shorter than the idle timeouts of load balancers and servers, so that no call uses a connection
   * that they closed.
   */
  private static final Duration IDLE = Duration.ofSeconds(20);

  private LambdaClients() {}

  /**
   * Builds a client; the caller closes it.
   *
   * @param loop for the client's I/O; the caller closes it after the client. A loop owned by the
   *     client would delay its close by two seconds
   * @param executor on which calls complete
   * @param token of the service; null for none
   */
  static LambdaAsyncClient open(
      LambdaSettings settings, EventLoopGroup loop, Executor executor, @Nullable String token) {
    LambdaAsyncClientBuilder builder =
        LambdaAsyncClient.builder()
            .region(Region.of(settings.region()))
            // An HTTP client given as a builder is closed with the client.
            .httpClientBuilder(
                NettyNioAsyncHttpClient.builder()
                    .eventLoopGroup(SdkEventLoopGroup.create(loop, NioSocketChannel::new))
                    .maxConcurrency(settings.concurrency())
                    .maxPendingConnectionAcquires(Integer.MAX_VALUE)
                    .connectionAcquisitionTimeout(LONGEST_CALL)
                    .connectionTimeout(CONNECT)
                    .connectionMaxIdleTime(IDLE)
                    .readTimeout(LONGEST_CALL)
                    .writeTimeout(LONGEST_CALL)
                    .tcpKeepAlive(true))
            .overrideConfiguration(
                c -> {
                  c.retryStrategy(DefaultRetryStrategy.doNotRetry());
                  if (token != null) {
                    c.putHeader("Authorization", "Bearer " + token);
                  }
                })
            .asyncConfiguration(
                a ->
                    a.advancedOption(
                        SdkAdvancedAsyncClientOption.FUTURE_COMPLETION_EXECUTOR, executor));
    if (settings.endpoint() != null) {
      builder.endpointOverride(settings.endpoint());
    }
    if (token != null || settings.isLoopback()) {
      builder.credentialsProvider(AnonymousCredentialsProvider.create());
    }
    return builder.build();
  }
}
