package dev.drey.worker;

import dev.drey.core.data.DataSet;
import dev.drey.core.data.DataSets;
import dev.drey.core.data.Normalization;
import dev.drey.core.network.NetworkSpec;
import dev.drey.core.parameters.Floats;
import dev.drey.core.protocol.Examples;
import dev.drey.core.protocol.WorkAnswer.Reason;
import dev.drey.core.work.Work;
import dev.drey.worker.network.ExampleFeed;
import java.io.IOException;
import java.util.stream.IntStream;

/** The examples of a request as rows of a data set, checked against its network. */
final class RowsFeed implements ExampleFeed {

  private final DataSet data;
  private final Normalization normalization;
  private final int[] rows;

  private RowsFeed(DataSet data, Normalization normalization, int[] rows) {
    this.data = data;
    this.normalization = normalization;
    this.rows = rows;
  }

  /**
   * Reads and checks the examples.
   *
   * @throws RefusedException if they cannot be read or do not fit the network
   */
  static RowsFeed of(Examples examples, Work work, NetworkSpec network, DataCache cache)
      throws RefusedException {
    try {
      RowsFeed feed =
          examples instanceof Examples.Rows rows
              ? new RowsFeed(cache.get(rows.source()), rows.normalization(), rows.rows())
              : inMemory((Examples.Values) examples);
      feed.check(work, network);
      return feed;
    } catch (IOException e) {
      throw RefusedException.because(Reason.BAD_DATA, "data set", e);
    }
  }

  /** A data set made of the examples inside the request, with all of its rows in order. */
  private static RowsFeed inMemory(Examples.Values examples) throws IOException {
    DataSet data =
        DataSet.of(
            examples.features().columns(),
            Floats.fromBytes(examples.features().bytes().verified()),
            examples.labels().columns(),
            Floats.fromBytes(examples.labels().bytes().verified()));
    return new RowsFeed(data, Normalization.NONE, IntStream.range(0, data.rows()).toArray());
  }

  private void check(Work work, NetworkSpec network) throws RefusedException, IOException {
    checkNormalization(normalization, data, network);
    if (work.readsLabels()) {
      DataSets.check(data, network, rows);
    } else {
      DataSets.checkFeatures(data, network, rows);
    }
  }

  private static void checkNormalization(
      Normalization normalization, DataSet data, NetworkSpec network) throws RefusedException {
    if (network.vocabulary().isPresent() && !normalization.equals(Normalization.NONE)) {
      throw new RefusedException(
          Reason.BAD_DATA,
          "%s: there is a normalization, must be none: the features are indices of an embedding"
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
    return rows.length;
  }

  @Override
  public void features(int from, int count, float[] target) {
    data.features(rows, from, count, normalization, target);
  }

  @Override
  public void labels(int from, int count, float[] target) {
    data.labels(rows, from, count, target);
  }
}
