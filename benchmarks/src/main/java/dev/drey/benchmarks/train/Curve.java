package dev.drey.benchmarks.train;

import dev.drey.benchmarks.measure.CsvFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * When each step of a run was applied, from its curve.csv: element k is of step k + 1.
 *
 * @param examples trained on up to then
 * @param seconds since the start
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Curve(long[] examples, double[] seconds) {

  /**
   * Reads a curve.
   *
   * @throws IOException if a column or a step is missing
   */
  static Curve read(Path file) throws IOException {
    CsvFile columns = CsvFile.read(file);
    double[] step = columns.values("step");
    for (int i = 0; i < step.length; i++) {
      if (step[i] != i + 1) {
        throw new IOException(file + ", line " + (i + 2) + " is not step " + (i + 1));
      }
    }
    if (step.length == 0) {
      throw new IOException(file + " has no steps");
    }
    double[] examples = columns.values("examples");
    return new Curve(
        Arrays.stream(examples).mapToLong(v -> (long) v).toArray(), columns.values("seconds"));
  }

  int steps() {
    return seconds.length;
  }

  /**
   * Milliseconds a step from the one step to the other, both applied.
   *
   * @param from at least 1
   * @param to above {@code from}
   */
  double millisPerStep(long from, long to) {
    return 1000 * (at(to) - at(from)) / (to - from);
  }

  private double at(long step) {
    return seconds[Math.toIntExact(step - 1)];
  }

  /**
   * The speed after the warm-up. An epoch's evaluation comes before the next epoch's first step, so
   * the steps without evaluations are the second to the last of each epoch.
   *
   * @param stepsPerEpoch at least 2
   * @param warmUpEpochs at least 1; less than the run has
   */
  Speed speed(int stepsPerEpoch, int warmUpEpochs) {
    int start = warmUpEpochs * stepsPerEpoch;
    int end = steps() / stepsPerEpoch * stepsPerEpoch;
    if (stepsPerEpoch < 2 || warmUpEpochs < 1 || start >= end) {
      throw new IllegalArgumentException(
          steps()
              + " steps of "
              + stepsPerEpoch
              + " an epoch, "
              + warmUpEpochs
              + " epochs of warm-up: must leave an epoch of at least 2 steps");
    }
    double trainingSeconds = 0;
    long trainingExamples = 0;
    for (int first = start; first < end; first += stepsPerEpoch) {
      int last = first + stepsPerEpoch - 1;
      trainingSeconds += seconds[last] - seconds[first];
      trainingExamples += examples[last] - examples[first];
    }
    return new Speed(
        end - start,
        examples[end - 1] - examples[start - 1],
        seconds[end - 1] - seconds[start - 1],
        trainingExamples / trainingSeconds);
  }
}
