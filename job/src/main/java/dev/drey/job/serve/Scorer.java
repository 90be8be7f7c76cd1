package dev.drey.job.serve;

import dev.drey.core.aggregation.Tally;
import dev.drey.core.blob.Blob;
import dev.drey.core.parameters.Floats;
import dev.drey.core.protocol.Examples;
import dev.drey.core.protocol.WorkAnswer;
import dev.drey.core.stream.Example;
import dev.drey.core.work.Work;
import dev.drey.core.worker.WorkerException;
import dev.drey.job.model.WorkerClient;
import java.io.InterruptedIOException;
import java.util.List;
import java.util.function.Function;

/** Evaluates examples with a version, by the same worker code as in training. */
final class Scorer {

  private final WorkerClient client;

  Scorer(WorkerClient client) {
    this.client = client;
  }

  /**
   * Evaluates examples; returns sums over them.
   *
   * @throws WorkerException if the worker fails
   */
  Tally score(ServedVersion served, List<Example> examples)
      throws WorkerException, InterruptedIOException {
    if (examples.isEmpty()) {
      return Tally.ZERO;
    }
    WorkAnswer.Done done =
        client
            .compute(
                new Work.Evaluation(),
                served.announced().version(),
                served.weights(),
                new Examples.Values(
                    matrix(examples, Example::features), matrix(examples, Example::labels)))
            .answer();
    return new Tally(
        done.examples(), done.lossSum(), done.correct(), 0, 0, 0, done.absoluteErrorSum());
  }

  private static Examples.FloatMatrix matrix(
      List<Example> examples, Function<Example, float[]> part) {
    int width = part.apply(examples.get(0)).length;
    float[] values = new float[examples.size() * width];
    for (int i = 0; i < examples.size(); i++) {
      System.arraycopy(part.apply(examples.get(i)), 0, values, i * width, width);
    }
    return new Examples.FloatMatrix(examples.size(), width, Blob.Inline.of(Floats.toBytes(values)));
  }
}
