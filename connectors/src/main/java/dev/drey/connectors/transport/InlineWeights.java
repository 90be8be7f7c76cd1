package dev.drey.connectors.transport;

import dev.drey.core.blob.Blob;
import dev.drey.core.protocol.Weights;
import dev.drey.core.store.WeightStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Puts the bytes of weights in the place of their references. It holds the last two versions, so
 * that the slots of a step fetch them once. Thread-safe.
 */
final class InlineWeights {

  private static final int VERSIONS = 2;

  private final WeightStore store;
  private final Map<Weights, Weights> held =
      new LinkedHashMap<>(VERSIONS * 2, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Weights, Weights> eldest) {
          return size() > VERSIONS;
        }
      };

  InlineWeights(WeightStore store) {
    this.store = store;
  }

  /** The same weights, all inside. Those who ask meanwhile wait for the one fetch. */
  synchronized Weights inline(Weights weights) throws IOException {
    Weights inline = held.get(weights);
    if (inline == null) {
      inline = fetch(weights);
      held.put(weights, inline);
    }
    return inline;
  }

  private Weights fetch(Weights weights) throws IOException {
    List<Weights.Part> parts = new ArrayList<>();
    for (Weights.Part part : weights.parts()) {
      if (part.blob() instanceof Blob.Reference reference) {
        Blob bytes = new Blob.Inline(store.fetch(reference), reference.crc32c());
        parts.add(new Weights.Part(part.range(), bytes));
      } else {
        parts.add(part);
      }
    }
    return new Weights(weights.version(), parts);
  }
}
