package dev.drey.connectors.transport;

import dev.drey.core.blob.Blob;
import dev.drey.core.exchange.Store;
import dev.drey.core.protocol.Weights;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Replaces references to weights by their bytes. It keeps the last two versions, so that weights
 * are read once for all slots of a step. Thread-safe.
 */
final class InlineWeights {

  private static final int VERSIONS = 2;

  private final Store store;
  private final Map<Weights, Weights> held =
      new LinkedHashMap<>(VERSIONS * 2, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Weights, Weights> eldest) {
          return size() > VERSIONS;
        }
      };

  InlineWeights(Store store) {
    this.store = store;
  }

  /** The same weights, all of them inline. Threads that ask at the same time wait for one read. */
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
        byte[] bytes = new byte[Math.multiplyExact(part.range().length(), Float.BYTES)];
        store.read(reference, ByteBuffer.wrap(bytes));
        parts.add(new Weights.Part(part.range(), new Blob.Inline(bytes, reference.crc32c())));
      } else {
        parts.add(part);
      }
    }
    return new Weights(weights.version(), parts);
  }
}
