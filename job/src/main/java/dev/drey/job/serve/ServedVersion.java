package dev.drey.job.serve;

import dev.drey.core.blob.Blob;
import dev.drey.core.stream.Encoder;
import java.util.Map;

/**
 * A version that scores.
 *
 * @param announced which it is
 * @param weights where the worker finds them
 * @param encoder scales records as the version wants them
 * @param offsets of the first record that it was not trained on, by partition
 */
record ServedVersion(
    AnnouncedVersion announced, Blob.Reference weights, Encoder encoder, Map<String, Long> offsets) {

  ServedVersion {
    offsets = Map.copyOf(offsets);
  }
}
