package dev.drey.worker;

import dev.drey.core.blob.Blob;
import dev.drey.core.network.NetworkSpec;
import dev.drey.core.protocol.Weights;
import dev.drey.core.protocol.WorkAnswer;
import dev.drey.worker.network.Network;
import dev.drey.worker.store.WorkerStores;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A compiled network with its current weights. Weights given by reference are not read again while
 * version and references stay the same.
 */
final class Model implements AutoCloseable {

  private final WorkerStores stores;
  private final Network network;
  private final ByteBuffer parameters;
  private @Nullable Weights loaded;

  Model(NetworkSpec spec, WorkerStores stores) {
    this.stores = stores;
    network = Network.compile(spec);
    parameters = network.parameters();
  }

  Network network() {
    return network;
  }

  /** Loads weights into the network, unless they are loaded already. */
  void load(Weights weights) throws RefusedException {
    if (weights.equals(loaded)) {
      return;
    }
    int count = parameters.capacity() / Float.BYTES;
    if (weights.count() != count) {
      throw new RefusedException(
          WorkAnswer.Reason.BAD_WEIGHTS,
          "weights of version %d have %d values, the network has %d parameters"
              .formatted(weights.version(), weights.count(), count));
    }
    loaded = null; // the old weights are overwritten from here on, even if reading fails
    for (Weights.Part part : weights.parts()) {
      try {
        read(part);
      } catch (IOException e) {
        throw RefusedException.because(
            WorkAnswer.Reason.BAD_WEIGHTS,
            "weights " + part.range() + " of version " + weights.version(),
            e);
      }
    }
    Optional<String> tensor = network.parametersNotFinite();
    if (tensor.isPresent()) {
      throw new RefusedException(
          WorkAnswer.Reason.NOT_FINITE,
          "weights of version %d: %s holds NaN or infinite values"
              .formatted(weights.version(), tensor.get()));
    }
    if (weights.parts().stream().allMatch(p -> p.blob() instanceof Blob.Reference)) {
      loaded = weights;
    }
  }

  private void read(Weights.Part part) throws IOException {
    ByteBuffer target =
        parameters.slice(part.range().from() * Float.BYTES, part.range().length() * Float.BYTES);
    if (part.blob() instanceof Blob.Reference reference) {
      stores.of(reference.uri()).read(reference, target);
      return;
    }
    byte[] bytes = ((Blob.Inline) part.blob()).verified();
    if (bytes.length != target.remaining()) {
      throw new IOException(
          "inline blob has %d bytes, %d values need %d"
              .formatted(bytes.length, part.range().length(), target.remaining()));
    }
    target.put(bytes);
  }

  @Override
  public void close() {
    network.close();
  }
}
