package dev.drey.connectors.transport;

import dev.drey.core.protocol.ProtocolJson;
import java.io.Serial;
import java.io.Serializable;
import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Which ways there are between here and the workers.
 *
 * @param reachable whether workers can read what the weight store's references point to
 * @param inlineBytes up to how many bytes weights or a result go inside a message where there is
 *     another way; they are base64 there, a third longer
 * @param results where workers write longer results, a file URI; null where there is no such place
 */
public record TransportSettings(boolean reachable, int inlineBytes, @Nullable URI results)
    implements Serializable {

  @Serial private static final long serialVersionUID = 1L;

  /** The longest weights or result that a message can hold, beside 64 KB of other content. */
  public static final int MAX_INLINE_BYTES = (ProtocolJson.MAX_MESSAGE_BYTES - (64 << 10)) / 4 * 3;

  /**
   * Up to here JSON takes as long as a file in memory; with four times as much, twice as long
   * (measured with an echo through {@code LocalLambda}).
   */
  public static final int DEFAULT_INLINE_BYTES = 16 << 10;

  public TransportSettings {
    if (inlineBytes < 0 || inlineBytes > MAX_INLINE_BYTES) {
      throw new IllegalArgumentException(
          "inline bytes is " + inlineBytes + ", must be in [0, " + MAX_INLINE_BYTES + "]");
    }
    if (results != null && !"file".equals(results.getScheme())) {
      throw new IllegalArgumentException("results are at " + results + ", must be a file URI");
    }
  }

  /** Everything inside the messages. */
  public static TransportSettings inline() {
    return new TransportSettings(false, MAX_INLINE_BYTES, null);
  }

  /** Workers share this machine's files. */
  public static TransportSettings shared(Path results) {
    return new TransportSettings(
        true, DEFAULT_INLINE_BYTES, results.toAbsolutePath().normalize().toUri());
  }
}
