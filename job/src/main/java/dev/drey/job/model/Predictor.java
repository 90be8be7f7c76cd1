package dev.drey.job.model;

import dev.drey.core.blob.Blob;
import dev.drey.core.exchange.Store;
import dev.drey.core.network.NetworkSpec;
import dev.drey.core.protocol.Examples;
import dev.drey.core.work.Work;
import dev.drey.core.worker.GradientWorker;
import dev.drey.core.worker.WorkResult;
import dev.drey.core.worker.WorkerException;
import java.io.IOException;
import java.time.Clock;
import java.util.stream.IntStream;

/** Scores examples with a trained model, in batches, with the same worker code as in training. */
public final class Predictor {

  /** Rows of one request: large enough for speed, small enough for memory. */
  private static final int ROWS = 1000;

  private final ModelDirectory.Model model;
  private final WorkerClient client;
  private final Blob.Reference weights;

  /**
   * Publishes the model's weights.
   *
   * @param worker closed by the caller
   * @param store from which the worker reads weights; closed by the caller
   */
  public Predictor(ModelDirectory.Model model, GradientWorker worker, Store store, Clock clock)
      throws IOException {
    this.model = model;
    this.client = new WorkerClient(model.specification().name(), model.network(), worker, clock);
    this.weights = store.put("model", model.parameters());
  }

  /** Receives the outputs of the network. */
  @FunctionalInterface
  public interface Outputs {

    /**
     * Receives the outputs of one example.
     *
     * @param row of the example
     * @param values [rows, outputs]; only read
     * @param from index in {@code values} of the first output of this row
     */
    void take(int row, float[] values, int from) throws IOException;
  }

  /**
   * Computes the outputs of all examples, in their order.
   *
   * @throws WorkerException if the data do not fit the network, or the worker fails
   */
  public void predict(ScoringData data, Outputs outputs) throws IOException, WorkerException {
    int width = model.network().outputWidth();
    for (int from = 0; from < data.rows(); from += ROWS) {
      int to = Math.min(data.rows(), from + ROWS);
      float[] values = compute(new Work.Prediction(), data, from, to).values();
      for (int row = from; row < to; row++) {
        outputs.take(row, values, (row - from) * width);
      }
    }
  }

  /**
   * The quality of the model on labelled examples.
   *
   * @param loss mean over the examples
   * @param accuracy share of correctly classified examples; NaN for a regression
   */
  public record Score(double loss, double accuracy) {}

  /**
   * Evaluates all examples against their labels.
   *
   * @throws WorkerException if data or labels do not fit the network, or the worker fails
   */
  public Score score(ScoringData data) throws IOException, WorkerException {
    double loss = 0;
    long correct = 0;
    for (int from = 0; from < data.rows(); from += ROWS) {
      int to = Math.min(data.rows(), from + ROWS);
      WorkResult result = compute(new Work.Evaluation(), data, from, to);
      loss += result.answer().lossSum();
      correct += result.answer().correct();
    }
    NetworkSpec network = model.network();
    return new Score(
        loss / data.rows(),
        network.loss().classifies() ? (double) correct / data.rows() : Double.NaN);
  }

  private WorkResult compute(Work work, ScoringData data, int from, int to)
      throws IOException, WorkerException {
    return client.compute(
        work,
        0,
        weights,
        new Examples.Rows(
            data.source(), model.normalization(), IntStream.range(from, to).toArray()));
  }
}
