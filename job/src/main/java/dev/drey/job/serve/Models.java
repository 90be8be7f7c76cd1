package dev.drey.job.serve;

import dev.drey.core.feature.ExampleEncoding;
import dev.drey.core.network.NetworkSpec;
import dev.drey.core.store.WeightStore;
import dev.drey.job.model.Fingerprint;
import dev.drey.job.publish.PublishedModel;
import java.io.IOException;

/**
 * Loads versions from where they were published.
 *
 * @param network that they are of
 * @param encoding of the records
 * @param store that the worker reads weights from
 */
record Models(NetworkSpec network, ExampleEncoding encoding, WeightStore store) {

  /**
   * Loads a version.
   *
   * @throws IOException if it is not there, damaged, of another network or other features, or has
   *     other weights than were announced
   */
  Served load(Announced announced) throws IOException {
    PublishedModel model = PublishedModel.read(announced.place(), network);
    String sha256 = Fingerprint.of(model.weights());
    if (!sha256.equals(announced.sha256())) {
      throw new IOException(
          announced.place()
              + " has weights of SHA-256 "
              + sha256
              + ", announced were "
              + announced.sha256());
    }
    try {
      return new Served(
          announced,
          store.publish("v" + announced.version(), model.weights()),
          encoding.frozen(model.learnt().values()),
          model.offsets());
    } catch (IllegalArgumentException e) {
      throw new IOException(announced.place() + ": " + e.getMessage(), e);
    }
  }

  /** Gives up a version. */
  void unload(Served served) throws IOException {
    store.delete(served.weights());
  }
}
