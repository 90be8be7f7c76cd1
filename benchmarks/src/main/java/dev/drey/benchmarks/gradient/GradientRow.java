package dev.drey.benchmarks.gradient;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.OptionalDouble;

/**
 * A gradient's time on both sides, medians.
 *
 * @param network in lower case
 * @param batch examples
 * @param millis ours
 * @param peerMillis PyTorch's; empty if there is none beside us
 */
record GradientRow(String network, int batch, double millis, OptionalDouble peerMillis) {

  /** Our time divided by PyTorch's: below 1 if Drey is faster. */
  OptionalDouble ratio() {
    return peerMillis.isPresent()
        ? OptionalDouble.of(millis / peerMillis.getAsDouble())
        : OptionalDouble.empty();
  }

  static String header() {
    return "%-12s %6s %10s %12s %8s".formatted("network", "batch", "ms", "PyTorch ms", "ratio");
  }

  String text() {
    String ours = String.format(Locale.ROOT, "%-12s %6d %10.3f", network, batch, millis);
    return ratio().isEmpty()
        ? ours
        : ours
            + String.format(
                Locale.ROOT, " %12.3f %8.2f", peerMillis.orElseThrow(), ratio().orElseThrow());
  }

  void json(ObjectNode object) {
    object.put("network", network).put("batch", batch).put("millis", millis);
    peerMillis.ifPresent(peer -> object.put("peerMillis", peer));
    ratio().ifPresent(ratio -> object.put("ratio", ratio));
  }
}
