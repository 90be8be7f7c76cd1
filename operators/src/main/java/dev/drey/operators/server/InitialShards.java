package dev.drey.operators.server;

import dev.drey.core.parameters.Range;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Makes the shards of version 0; the initial weights are read when the first is asked for. */
final class InitialShards {

  private final ServerSettings.Model model;
  private final long replayDelay;
  private float @Nullable [] weights;

  /**
   * @param replayDelay how many steps after a drift its replay begins
   */
  InitialShards(ServerSettings.Model model, long replayDelay) {
    this.model = model;
    this.replayDelay = replayDelay;
  }

  Shard shard(int index) {
    Range range = model.shards().range(index);
    return new Shard(
        index,
        range,
        Arrays.copyOfRange(weights(), range.from(), range.to()),
        new float[model.rule().optimizer().moments()][range.length()],
        0,
        new DriftWatch(model.rule().drift(), replayDelay, null));
  }

  private float[] weights() {
    float[] read = weights;
    if (read == null) {
      read = model.initial().get();
      if (read.length != model.shards().parameters()) {
        throw new IllegalArgumentException(
            "the initial weights have "
                + read.length
                + " values, the network has "
                + model.shards().parameters());
      }
      weights = read;
    }
    return read;
  }
}
