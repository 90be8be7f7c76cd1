package dev.drey.job.serve;

import dev.drey.core.blob.Blob;
import dev.drey.core.stream.Encoder;
import java.util.Map;

/**
 * A loaded version that scores records.
 *
 * @param announced its announcement
 * @param weights reference for the worker
 * @param encoder scales records with the statistics of this version
 * @param offsets of the first record that it was not trained on, by partition
 */
record ServedVersion(
    AnnouncedVersion announced,
    Blob.Reference weights,
    Encoder encoder,
    Map<String, Long> offsets) {

  ServedVersion {
    offsets = Map.copyOf(offsets);
  }
}
