package dev.drey.benchmarks.stream;

import dev.drey.benchmarks.measure.CsvFile;
import java.io.IOException;

/**
 * How fast a run went, after its warm-up.
 *
 * @param examples that were measured
 * @param seconds that they took
 */
record Throughput(long examples, double seconds) {

  /**
   * The throughput over the second half of a curve's examples: during the first, workers start and
   * code is compiled.
   *
   * @throws IOException if there are too few steps
   */
  static Throughput of(CsvFile curve) throws IOException {
    double[] examples = curve.values("examples");
    double[] seconds = curve.values("seconds");
    int last = examples.length - 1;
    int half = 0;
    while (half < last && examples[half] < examples[last] / 2) {
      half++;
    }
    if (half >= last) {
      throw new IOException(curve.file() + " has " + examples.length + " steps, too few");
    }
    return new Throughput((long) (examples[last] - examples[half]), seconds[last] - seconds[half]);
  }

  double perSecond() {
    return examples / seconds;
  }
}
