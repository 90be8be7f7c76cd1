package dev.drey.job.run;

import dev.drey.core.stream.Lag;
import dev.drey.operators.coordination.Progress;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.LongSupplier;

/** Computes rates and the time left from successive reports of progress. Thread-safe. */
final class StatusTracker {

  private static final long WINDOW_NANOS = 5_000_000_000L;

  private final long steps;
  private final long stepsPerEpoch;
  private final boolean classifies;
  private final LongSupplier nanoTime;
  private final Deque<Sample> samples = new ArrayDeque<>();

  private record Sample(long nanos, long version, long examples) {}

  /**
   * @param steps of the run; Long.MAX_VALUE without an end
   * @param stepsPerEpoch Long.MAX_VALUE without epochs
   * @param classifies whether there is an accuracy
   */
  StatusTracker(long steps, long stepsPerEpoch, boolean classifies, LongSupplier nanoTime) {
    this.steps = steps;
    this.stepsPerEpoch = stepsPerEpoch;
    this.classifies = classifies;
    this.nanoTime = nanoTime;
  }

  synchronized RunStatus status(Progress progress, Lag lag) {
    long now = nanoTime.getAsLong();
    samples.addLast(new Sample(now, progress.version(), progress.totals().examples()));
    while (samples.size() > 2 && now - samples.getFirst().nanos > WINDOW_NANOS) {
      samples.removeFirst();
    }
    Sample first = samples.getFirst();
    double seconds = (now - first.nanos) / 1e9;
    boolean moved = progress.version() > first.version && seconds > 0;
    double perSecond = moved ? (progress.version() - first.version) / seconds : Double.NaN;
    double examples =
        moved ? (progress.totals().examples() - first.examples) / seconds : Double.NaN;
    long left = steps - progress.version();
    return new RunStatus(
        progress.version(),
        steps,
        1 + Math.max(0, progress.version() - 1) / stepsPerEpoch,
        stepsPerEpoch < Long.MAX_VALUE ? 1 + (steps - 1) / stepsPerEpoch : 0,
        progress.account().dropped().total(),
        progress.last().loss(),
        classifies ? progress.last().accuracy() : Double.NaN,
        classifies ? progress.evaluation().accuracy() : Double.NaN,
        examples,
        perSecond,
        steps < Long.MAX_VALUE && perSecond > 0 ? left / perSecond : Double.NaN,
        lag);
  }
}
