package dev.drey.benchmarks.train;

/**
 * How fast a training went while it was measured.
 *
 * @param steps that were measured, whole epochs
 * @param examples of these steps
 * @param seconds for these steps and the evaluations between them
 * @param trainingExamplesPerSecond over the steps alone, evaluations left out
 */
record Speed(long steps, long examples, double seconds, double trainingExamplesPerSecond) {

  Speed {
    if (steps < 1 || examples < 1 || !(seconds > 0) || !(trainingExamplesPerSecond > 0)) {
      throw new IllegalArgumentException(
          steps
              + " steps with "
              + examples
              + " examples in "
              + seconds
              + " s, "
              + trainingExamplesPerSecond
              + " a second: all must be above 0");
    }
  }

  double examplesPerSecond() {
    return examples / seconds;
  }

  double stepsPerSecond() {
    return steps / seconds;
  }

  double millisPerStep() {
    return 1000 * seconds / steps;
  }
}
