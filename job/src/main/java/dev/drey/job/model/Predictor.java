package dev.drey.job.model;

import dev.drey.core.blob.Blob;
import dev.drey.core.data.Task;
import dev.drey.core.network.NetworkSpec;
import dev.drey.core.parameters.Range;
import dev.drey.core.protocol.Examples;
import dev.drey.core.protocol.Weights;
import dev.drey.core.protocol.WorkRequest;
import dev.drey.core.store.WeightStore;
import dev.drey.core.worker.GradientWorker;
import dev.drey.core.worker.WorkResult;
import dev.drey.core.worker.WorkerException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;

/** Scores examples with a trained model, some at a time, by the worker that trained it. */
public final class Predictor {

  /** Rows of one request: enough to be quick, few enough to hold. */
  private static final int ROWS = 1000;

  private static final Duration LEASE = Duration.ofMinutes(15);

  private final ModelDirectory.Model model;
  private final GradientWorker worker;
  private final Clock clock;
  private final Weights weights;
  private final String incarnation = UUID.randomUUID().toString();
  private long requests;

  /**
   * Publishes the model's weights.
   *
   * @param worker that computes; the caller's to close
   * @param store that the worker reads weights from; the caller's to close
   */
  public Predictor(
      ModelDirectory.Model model, GradientWorker worker, WeightStore store, Clock clock)
      throws IOException {
    this.model = model;
    this.worker = worker;
    this.clock = clock;
    Blob.Reference published = store.publish("model", model.parameters());
    Range all = new Range(0, model.parameters().length);
    this.weights = new Weights(0, List.of(new Weights.Part(all, published)));
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
    WorkRequest request =
        new WorkRequest(
            new WorkRequest.Id(model.specification().name(), incarnation, task, requests++, 0, 1),
            clock.millis() + LEASE.toMillis(),
            model.network(),
            weights,
            new Examples.Rows(
                data.source(), model.normalization(), IntStream.range(from, to).toArray()),
            new WorkRequest.Transport(0, null),
            null,
            0);
    try {
      return worker.compute(request).get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    } catch (ExecutionException e) {
      if (e.getCause() instanceof WorkerException failure) {
        throw failure;
      }
      throw new IllegalStateException("a worker fails with a WorkerException only", e);
    }
  }
}
