package dev.drey.connectors.transport;

import dev.drey.connectors.store.JobStores;
import dev.drey.core.exchange.UnsupportedSchemeException;
import dev.drey.core.protocol.ProtocolJson;
import java.io.Serial;
import java.io.Serializable;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * Which bytes go inside the messages between the job and its workers, and which into a store.
 *
 * @param reachable whether workers can read the objects that references to weights name
 * @param inlineBytes the longest weights and results that go inside a message if a store could take
 *     them; in a message they are base64, a third longer
 * @param results the place of the store where workers put longer results; null if there is none
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
    if (results != null) {
      try {
        JobStores.checkScheme(results);
      } catch (UnsupportedSchemeException e) {
        throw new IllegalArgumentException("place of results: " + e.getMessage(), e);
      }
    }
  }

  /** Everything inside the messages. */
  public static TransportSettings inline() {
    return new TransportSettings(false, MAX_INLINE_BYTES, null);
  }

  /**
   * What is long goes through stores that both sides reach.
   *
   * @param results the place where workers put results
   */
  public static TransportSettings shared(URI results) {
    return new TransportSettings(true, DEFAULT_INLINE_BYTES, results);
  }
}
