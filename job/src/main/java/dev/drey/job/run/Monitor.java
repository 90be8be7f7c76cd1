package dev.drey.job.run;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.LongSupplier;

/** Turns what the parameter server tells into rates and a time that is left. Thread-safe. */
final class Monitor {

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
  Monitor(long steps, long stepsPerEpoch, boolean classifies, LongSupplier nanoTime) {
    this.steps = steps;
    this.stepsPerEpoch = stepsPerEpoch;
    this.classifies = classifies;
    this.nanoTime = nanoTime;
  }

  synchronized Progress progress(dev.drey.operators.coordination.Progress told) {
    long now = nanoTime.getAsLong();
    samples.addLast(new Sample(now, told.version(), told.totals().examples()));
    while (samples.size() > 2 && now - samples.getFirst().nanos > WINDOW_NANOS) {
      samples.removeFirst();
    }
    Sample first = samples.getFirst();
    double seconds = (now - first.nanos) / 1e9;
    boolean moved = told.version() > first.version && seconds > 0;
    double perSecond = moved ? (told.version() - first.version) / seconds : Double.NaN;
    double examples = moved ? (told.totals().examples() - first.examples) / seconds : Double.NaN;
    long left = steps - told.version();
    return new Progress(
        told.version(),
        steps,
        1 + Math.max(0, told.version() - 1) / stepsPerEpoch,
        stepsPerEpoch < Long.MAX_VALUE ? 1 + (steps - 1) / stepsPerEpoch : 0,
        told.account().dropped().total(),
        told.last().loss(),
        classifies ? told.last().accuracy() : Double.NaN,
        classifies ? told.evaluation().accuracy() : Double.NaN,
        examples,
        perSecond,
        steps < Long.MAX_VALUE && perSecond > 0 ? left / perSecond : Double.NaN);
  }
}
