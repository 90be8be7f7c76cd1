package dev.drey.worker;

import dev.drey.core.data.DataSet;
import dev.drey.core.data.DataSets;
import dev.drey.core.data.Normalization;
import dev.drey.core.data.Task;
import dev.drey.core.network.NetworkSpec;
import dev.drey.core.protocol.Examples;
import dev.drey.core.protocol.WorkAnswer.Reason;
import dev.drey.worker.network.Feed;
import java.io.IOException;

/** The rows of a data set that a request names, proven to fit its network. */
final class RowsFeed implements Feed {

  private final DataSet data;
  private final Examples.Rows examples;

  private RowsFeed(DataSet data, Examples.Rows examples) {
    this.data = data;
    this.examples = examples;
  }

  /**
   * Checks the rows before anything is computed.
   *
   * @throws RefusedException if they cannot be read or do not fit the network
   */
  static RowsFeed of(Examples.Rows examples, Task task, NetworkSpec network, DataCache cache)
      throws RefusedException {
    try {
      DataSet data = cache.get(examples.source());
      checkNormalization(examples.normalization(), data, network);
      if (task == Task.PREDICTION) {
        DataSets.checkFeatures(data, network, examples.rows());
      } else {
        DataSets.check(data, network, examples.rows());
      }
      return new RowsFeed(data, examples);
    } catch (IOException e) {
      throw RefusedException.because(Reason.BAD_DATA, "data set", e);
    }
  }

  private static void checkNormalization(
      Normalization normalization, DataSet data, NetworkSpec network) throws RefusedException {
    if (network.vocabulary().isPresent() && !normalization.equals(Normalization.NONE)) {
      throw new RefusedException(
          Reason.BAD_DATA,
          "%s: there is a normalization, must be none: the features are numbers of an embedding"
              .formatted(data.name()));
    }
    int columns = normalization.mean().size();
    if (columns != 1 && columns != data.width()) {
      throw new RefusedException(
          Reason.BAD_DATA,
          "%s: normalization has %d columns, must have 1 or %d"
              .formatted(data.name(), columns, data.width()));
    }
  }

  @Override
  public int count() {
    return examples.count();
  }

  @Override
  public void features(int from, int count, float[] target) {
    data.features(examples.rows(), from, count, examples.normalization(), target);
  }

  @Override
  public void labels(int from, int count, float[] target) {
    data.labels(examples.rows(), from, count, target);
  }
}
