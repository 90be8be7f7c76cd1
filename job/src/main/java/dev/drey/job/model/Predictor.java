package dev.drey.job.model;

import dev.drey.core.blob.Blob;
import dev.drey.core.data.Task;
import dev.drey.core.exchange.Store;
import dev.drey.core.network.NetworkSpec;
import dev.drey.core.protocol.Examples;
import dev.drey.core.worker.GradientWorker;
import dev.drey.core.worker.WorkResult;
import dev.drey.core.worker.WorkerException;
import java.io.IOException;
import java.time.Clock;
import java.util.stream.IntStream;

/** Scores examples with a trained model, some at a time, by the worker that trained it. */
public final class Predictor {

  /** Rows of one request: enough to be quick, few enough to hold. */
  private static final int ROWS = 1000;

  private final ModelDirectory.Model model;
  private final DirectCalls calls;
  private final Blob.Reference weights;

  /**
   * Publishes the model's weights.
   *
   * @param worker that computes; the caller's to close
   * @param store that the worker reads weights from; the caller's to close
   */
  public Predictor(ModelDirectory.Model model, GradientWorker worker, Store store, Clock clock)
      throws IOException {
    this.model = model;
    this.calls = new DirectCalls(model.specification().name(), model.network(), worker, clock);
    this.weights = store.put("model", model.parameters());
  }

  /** Takes the network's outputs. */
  @FunctionalInterface
  public interface Outputs {

    /**
     * Takes those of one example.
     *
     * @param row of the example
     * @param values [rows, outputs]; only read
     * @param from where those of this row start
     */
    void take(int row, float[] values, int from) throws IOException;
  }

  /**
   * Computes the outputs of all examples, in their order.
   *
   * @throws WorkerException if the data do not fit the network, or the worker fails
   */
  public void predict(ScoredData data, Outputs outputs) throws IOException, WorkerException {
    int width = model.network().outputWidth();
    for (int from = 0; from < data.rows(); from += ROWS) {
      int to = Math.min(data.rows(), from + ROWS);
      float[] values = compute(Task.PREDICTION, data, from, to).values();
      for (int row = from; row < to; row++) {
        outputs.take(row, values, (row - from) * width);
      }
    }
  }

  /**
   * How well the model does on labelled examples.
   *
   * @param loss mean over the examples
   * @param accuracy share of them that is classified rightly; NaN if nothing is classified
   */
  public record Score(double loss, double accuracy) {}

  /**
   * Compares all examples with their labels.
   *
   * @throws WorkerException if data or labels do not fit the network, or the worker fails
   */
  public Score score(ScoredData data) throws IOException, WorkerException {
    double loss = 0;
    long correct = 0;
    for (int from = 0; from < data.rows(); from += ROWS) {
      int to = Math.min(data.rows(), from + ROWS);
      WorkResult result = compute(Task.EVALUATION, data, from, to);
      loss += result.answer().lossSum();
      correct += result.answer().correct();
    }
    NetworkSpec network = model.network();
    return new Score(
        loss / data.rows(),
        network.loss().classifies() ? (double) correct / data.rows() : Double.NaN);
  }

  private WorkResult compute(Task task, ScoredData data, int from, int to)
      throws IOException, WorkerException {
    return calls.ask(
        task,
        0,
        weights,
        new Examples.Rows(
            data.source(), model.normalization(), IntStream.range(from, to).toArray()));
  }
}
