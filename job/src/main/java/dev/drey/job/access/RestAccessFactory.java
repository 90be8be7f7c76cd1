package dev.drey.job.access;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.runtime.io.network.netty.InboundChannelHandlerFactory;
import org.apache.flink.shaded.netty4.io.netty.channel.ChannelHandler;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Protects Flink's REST API; Flink finds it as a service. It does nothing unless {@link
 * RestAccess#TOKEN_FILE} is set. Thread-safe.
 */
public final class RestAccessFactory implements InboundChannelHandlerFactory {

  private static final Logger LOG = LoggerFactory.getLogger(RestAccessFactory.class);

  private @Nullable AccessRule rule;

  /** For Flink. */
  public RestAccessFactory() {}

  /** Handlers of other factories come after this one. */
  @Override
  public int priority() {
    return Integer.MAX_VALUE;
  }

  @Override
  public Optional<ChannelHandler> createHandler(
      Configuration configuration, Map<String, String> responseHeaders) {
    return configuration
        .getOptional(RestAccess.TOKEN_FILE)
        .map(file -> new FirstHandler(new AccessHandler(rule(configuration, Path.of(file)))));
  }

  /** The rule with the token as it was at the first connection. */
  private synchronized AccessRule rule(Configuration configuration, Path file) {
    if (rule != null) {
      return rule;
    }
    String address = configuration.getOptional(RestOptions.ADDRESS).orElse("localhost");
    try {
      rule = new AccessRule(address, file, AccessToken.read(file));
      return rule;
    } catch (IOException e) {
      LOG.error("The token of the REST API cannot be read: nothing that needs it passes.", e);
      return new AccessRule(address, file, null);
    }
  }
}
