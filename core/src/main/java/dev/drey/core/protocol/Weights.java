package dev.drey.core.protocol;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.drey.core.blob.Blob;
import dev.drey.core.parameters.Range;
import java.io.Serializable;
import java.util.List;

/**
 * The whole flat parameter vector of one version, in parts.
 *
 * @param version number of steps applied
 * @param parts consecutive ranges from 0 on; little-endian 32-bit floats
 */
public record Weights(
    @JsonProperty(value = "version", required = true) long version,
    @JsonProperty(value = "parts", required = true) List<Part> parts)
    implements Serializable {

  public Weights {
    parts = List.copyOf(parts);
    int at = 0;
    for (Part part : parts) {
      if (part.range().from() != at) {
        throw new IllegalArgumentException(
            "weights of version " + version + ": part " + part.range() + " must start at " + at);
      }
      at = part.range().to();
    }
  }

  /** Number of parameters. */
  public int count() {
    return parts.isEmpty() ? 0 : parts.get(parts.size() - 1).range().to();
  }

  /**
   * A range of the vector.
   *
   * @param range indices in the flat vector
   * @param blob four bytes per parameter
   */
  public record Part(
      @JsonProperty(value = "range", required = true) Range range,
      @JsonProperty(value = "blob", required = true) Blob blob)
      implements Serializable {}
}
