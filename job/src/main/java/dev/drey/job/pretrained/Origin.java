package dev.drey.job.pretrained;

import dev.drey.core.network.TensorSpec;
import java.util.Optional;

/**
 * Where a tensor's values come from.
 *
 * @param tensor of the network
 * @param source the array for it, in its layout; empty if the file has none
 * @param place where in the file it was looked for
 */
record Origin(TensorSpec tensor, Optional<StoredArray> source, String place) {}
