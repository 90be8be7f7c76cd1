package dev.drey.operators.dispatch;

import dev.drey.core.blob.Blob;
import dev.drey.core.data.DataSource;
import dev.drey.core.data.Normalization;
import dev.drey.core.data.RowBatch;
import dev.drey.core.layer.Activation;
import dev.drey.core.layer.Dense;
import dev.drey.core.layer.Initializer;
import dev.drey.core.network.Loss;
import dev.drey.core.network.NetworkSpec;
import dev.drey.core.work.Round;
import java.net.URI;
import java.util.List;
import java.util.stream.IntStream;

/** A run of three parameters. */
final class Runs {

  static final NetworkSpec NETWORK =
      new NetworkSpec(
          List.of(2),
          List.of(new Dense(1, Activation.LINEAR, Initializer.ZEROS)),
          new Loss.HalfSquaredError());

  static final DataSource TRAINING = source("train");
  static final DataSource TEST = source("test");

  static final RequestTemplate WITH_TEST =
      new RequestTemplate("a-run", NETWORK, TRAINING, TEST, Normalization.UNIT, null, 7);

  static final RequestTemplate WITHOUT_TEST =
      new RequestTemplate("a-run", NETWORK, TRAINING, null, Normalization.UNIT, null, 7);

  private Runs() {}

  static RowBatch training(long step, int slot) {
    return new RowBatch(Round.training(step), slot, 0, new int[] {4, 5, 6, 7, 8});
  }

  /** Rows 0 to below a number. */
  static RowBatch training(long step, int slot, int rows) {
    return new RowBatch(Round.training(step), slot, 0, IntStream.range(0, rows).toArray());
  }

  static RowBatch evaluation(long version, int slot) {
    return new RowBatch(Round.evaluation(version), slot, 0, new int[] {1, 2});
  }

  static RowBatch empty(Round round, int slot) {
    return new RowBatch(round, slot, 0, new int[0]);
  }

  private static DataSource source(String name) {
    return new DataSource.Npy(reference(name + "-features"), reference(name + "-labels"));
  }

  private static Blob.Reference reference(String name) {
    return new Blob.Reference(URI.create("memory:" + name), 1, "00000000");
  }
}
