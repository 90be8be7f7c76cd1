package dev.drey.job.run;

import dev.drey.core.stream.Lag;
import dev.drey.operators.coordination.Progress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * Finds partitions whose lag grows although workers have time: capacity that records do not reach.
 * A lag counts as growing if it was larger in each of {@value #SAMPLES} samples, {@value
 * #SECONDS_BETWEEN} s apart, than in the one before. Thread-safe.
 */
final class LagWatch {

  private static final int SAMPLES = 4;
  private static final int SECONDS_BETWEEN = 10;

  /** Below this part of their time, workers count as idle. */
  private static final double IDLE = 0.5;

  private static final double NANOS_PER_MILLI = 1e6;
  private static final double PERCENT = 100;

  private final int workers;
  private final boolean waitsWithoutLimit;
  private final LongSupplier nanoTime;
  private final Deque<Sample> samples = new ArrayDeque<>();
  private final Set<String> named = new HashSet<>();

  private record Sample(long nanos, Lag lag, long billedMillis) {}

  /**
   * @param workers that compute at the same time at most
   * @param waitsWithoutLimit whether a mini-batch always waits until it is full
   */
  LagWatch(int workers, boolean waitsWithoutLimit, LongSupplier nanoTime) {
    this.workers = workers;
    this.waitsWithoutLimit = waitsWithoutLimit;
    this.nanoTime = nanoTime;
  }

  /** A sentence about the partition whose lag grew most, if it was not named since it grows. */
  synchronized Optional<String> complaint(Progress progress, Lag lag) {
    long now = nanoTime.getAsLong();
    if (lag.partitions().isEmpty()) {
      return Optional.empty();
    }
    if (!samples.isEmpty()
        && now - samples.getLast().nanos < Duration.ofSeconds(SECONDS_BETWEEN).toNanos()) {
      return Optional.empty();
    }
    samples.addLast(new Sample(now, lag, progress.spent().billedMillis()));
    if (samples.size() > SAMPLES) {
      samples.removeFirst();
    }
    named.removeIf(partition -> !isGrowing(partition));
    double busy = busy();
    if (samples.size() < SAMPLES || busy >= IDLE) {
      return Optional.empty();
    }
    return lag.partitions().keySet().stream()
        .sorted()
        .filter(partition -> isGrowing(partition) && !named.contains(partition))
        .reduce((a, b) -> growth(b) > growth(a) ? b : a)
        .map(partition -> sentence(partition, busy));
  }

  private boolean isGrowing(String partition) {
    Iterator<Sample> next = samples.iterator();
    long before = -1;
    while (next.hasNext()) {
      long lag = next.next().lag.of(partition);
      if (lag <= before) {
        return false;
      }
      before = lag;
    }
    return true;
  }

  private long growth(String partition) {
    return samples.getLast().lag.of(partition) - samples.getFirst().lag.of(partition);
  }

  /** The part of their time that workers computed; a restore may lower the bill for a moment. */
  private double busy() {
    double millis = (samples.getLast().nanos - samples.getFirst().nanos) / NANOS_PER_MILLI;
    long billed = samples.getLast().billedMillis - samples.getFirst().billedMillis;
    return billed < 0 ? 1 : billed / (millis * workers);
  }

  private String sentence(String partition, double busy) {
    named.add(partition);
    return String.format(
        Locale.ROOT,
        "partition %s falls behind while workers are idle: %,d records wait, %,d more than %d s"
            + " ago; workers compute %.0f %% of their time. %s",
        partition,
        samples.getLast().lag.of(partition),
        growth(partition),
        (SAMPLES - 1) * SECONDS_BETWEEN,
        Math.min(PERCENT, PERCENT * busy),
        waitsWithoutLimit
            ? "With data.max-wait: off, each task waits for as many examples as the others"
            : "One task reads it, and fills no more than its own slots: more partitions help");
  }
}
