package dev.drey.operators.dispatch;

import dev.drey.core.blob.Blob;
import dev.drey.core.data.Batch;
import dev.drey.core.data.DataSource;
import dev.drey.core.data.RowBatch;
import dev.drey.core.data.StreamBatch;
import dev.drey.core.parameters.Floats;
import dev.drey.core.protocol.Examples;
import dev.drey.core.protocol.Weights;
import dev.drey.core.protocol.WorkRequest;
import dev.drey.core.stream.Example;
import dev.drey.core.stream.PlacedExample;
import dev.drey.core.work.Round;
import dev.drey.core.work.Work;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;

/** Builds requests from mini-batches. */
final class RequestBuilder {

  private final RequestTemplate run;
  private final String incarnation;
  private final int parameters;

  /**
   * @param incarnation of this start of the job, which answers have to repeat
   */
  RequestBuilder(RequestTemplate run, String incarnation) {
    this.run = run;
    this.incarnation = incarnation;
    this.parameters = run.network().parameterCount();
  }

  int parameters() {
    return parameters;
  }

  /** Replaced by the worker's client, which knows how the answer's bytes come back. */
  private static final WorkRequest.Transport INLINE =
      new WorkRequest.Transport(Integer.MAX_VALUE, null);

  WorkRequest build(Batch miniBatch, int attempt, Weights weights, long lease) {
    Work work = run.work(miniBatch.round().kind());
    return new WorkRequest(
        new WorkRequest.Id(
            run.name(), incarnation, work.kind(), miniBatch.step(), miniBatch.slot(), attempt),
        lease,
        run.network(),
        weights,
        examples(miniBatch),
        INLINE,
        run.kernels(),
        seed(miniBatch));
  }

  /** Different for each step and slot, and the same for every attempt. */
  private long seed(Batch miniBatch) {
    SplittableRandom steps = new SplittableRandom(run.seed() ^ miniBatch.step());
    return new SplittableRandom(steps.nextLong() ^ miniBatch.slot()).nextLong();
  }

  private Examples examples(Batch batch) {
    if (batch instanceof RowBatch rows) {
      return new Examples.Rows(source(rows.round()), run.normalization(), rows.rows());
    }
    List<PlacedExample> placed = ((StreamBatch) batch).examples();
    return new Examples.Values(
        matrix(placed, Example::features, run.network().inputWidth()),
        matrix(placed, Example::labels, run.network().labelWidth()));
  }

  private static Examples.FloatMatrix matrix(
      List<PlacedExample> placed, Function<Example, float[]> part, int width) {
    float[] values = new float[placed.size() * width];
    for (int i = 0; i < placed.size(); i++) {
      System.arraycopy(part.apply(placed.get(i).example()), 0, values, i * width, width);
    }
    return new Examples.FloatMatrix(placed.size(), width, Blob.Inline.of(Floats.toBytes(values)));
  }

  private DataSource source(Round round) {
    boolean training = round.isTraining();
    DataSource source = training ? run.training() : run.test();
    if (source == null) {
      throw new IllegalStateException(
          "run "
              + run.name()
              + (training ? " has no data set to train on" : " has no test data to evaluate on"));
    }
    return source;
  }
}
