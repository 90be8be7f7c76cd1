package dev.drey.job.serve;

import dev.drey.core.exchange.Store;
import dev.drey.core.feature.ExampleEncoding;
import dev.drey.core.network.NetworkSpec;
import dev.drey.job.model.Fingerprint;
import dev.drey.job.publish.PublishedModel;
import java.io.IOException;

/**
 * Loads published versions.
 *
 * @param network of the versions
 * @param encoding of the records
 * @param root below which versions lie
 * @param store from which the worker reads weights
 */
record ModelLoader(NetworkSpec network, ExampleEncoding encoding, VersionRoot root, Store store) {

  /**
   * Loads a version.
   *
   * @throws IOException if it is missing or damaged, does not lie below the root, belongs to
   *     another network or other features, or has other weights than announced
   */
  ServedVersion load(AnnouncedVersion announced) throws IOException {
    root.check(announced.place());
    PublishedModel model = PublishedModel.read(announced.place(), network);
    String sha256 = Fingerprint.of(model.weights());
    if (!sha256.equals(announced.sha256())) {
      throw new IOException(
          announced.place()
              + " has weights with SHA-256 "
              + sha256
              + ", the announcement has "
              + announced.sha256());
    }
    try {
      return new ServedVersion(
          announced,
          store.put("v" + announced.version(), model.weights()),
          encoding.frozen(model.learnt().values()),
          model.offsets());
    } catch (IllegalArgumentException e) {
      throw new IOException(announced.place() + ": " + e.getMessage(), e);
    }
  }

  /** Deletes a version's weights from the store. */
  void unload(ServedVersion served) throws IOException {
    store.delete(served.weights());
  }
}
