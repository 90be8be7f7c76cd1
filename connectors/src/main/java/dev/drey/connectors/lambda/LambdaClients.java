package dev.drey.connectors.lambda;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.time.Duration;
import java.util.concurrent.Executor;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.core.client.config.SdkAdvancedAsyncClientOption;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.http.nio.netty.SdkEventLoopGroup;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.lambda.LambdaAsyncClient;
import software.amazon.awssdk.services.lambda.LambdaAsyncClientBuilder;

/** Sets the AWS client up: one attempt per call, and as many connections as calls. */
final class LambdaClients {

  /** A function may run for 15 minutes; until then nothing comes over the connection. */
  private static final Duration LONGEST_CALL = Duration.ofMinutes(16);

  private static final Duration CONNECT = Duration.ofSeconds(5);

  /**
   * Below what a load balancer or a server grants, so that a call never finds a dead connection.
   */
  private static final Duration IDLE = Duration.ofSeconds(20);

  private LambdaClients() {}

  /**
   * Builds a client, which the caller closes.
   *
   * @param loop does the client's I/O; the caller's to close after the client. One of its own would
   *     hold the client's end up for two seconds
   * @param executor completes calls
   */
  static LambdaAsyncClient open(LambdaSettings settings, EventLoopGroup loop, Executor executor) {
    LambdaAsyncClientBuilder builder =
        LambdaAsyncClient.builder()
            .region(Region.of(settings.region()))
            // Given as a builder, it is closed with the client.
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
            .overrideConfiguration(c -> c.retryStrategy(DefaultRetryStrategy.doNotRetry()))
            .asyncConfiguration(
                a ->
                    a.advancedOption(
                        SdkAdvancedAsyncClientOption.FUTURE_COMPLETION_EXECUTOR, executor));
    if (settings.endpoint() != null) {
      builder.endpointOverride(settings.endpoint());
    }
    if (settings.isLoopback()) {
      builder.credentialsProvider(AnonymousCredentialsProvider.create());
    }
    return builder.build();
  }
}
