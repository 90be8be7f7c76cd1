package dev.drey.job.run;

import dev.drey.connectors.kafka.KafkaRecords;
import dev.drey.core.stream.EndOffsetPoller;
import dev.drey.core.stream.Lag;
import dev.drey.job.specification.data.StreamSettings;
import dev.drey.operators.coordination.Progress;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The lag of a run behind its stream, as this process sees it: it is known even if no step is
 * applied. A run on a data set has none. Thread-safe.
 */
final class RunLag implements AutoCloseable {

  private static final Duration EVERY = Duration.ofSeconds(5);

  private final @Nullable EndOffsetPoller poller;
  private final LagWatch watch;

  private RunLag(@Nullable EndOffsetPoller poller, LagWatch watch) {
    this.poller = poller;
    this.watch = watch;
  }

  /** Asks the brokers from now on. */
  static RunLag start(PreparedRun run) {
    int workers =
        Math.min(
            run.specification().workers().count(), run.specification().workers().concurrency());
    Optional<StreamSettings> stream = run.specification().stream();
    boolean waitsWithoutLimit = stream.isPresent() && stream.get().maxWait().isEmpty();
    EndOffsetPoller poller =
        stream
            .map(
                settings ->
                    new EndOffsetPoller(KafkaRecords.ends(settings.kafka()), EVERY, ends -> {}))
            .orElse(null);
    if (poller != null) {
      poller.start();
    }
    return new RunLag(poller, new LagWatch(workers, waitsWithoutLimit, System::nanoTime));
  }

  /** The lag at a progress; none while nothing is known. */
  Lag of(Progress progress) {
    return poller == null ? Lag.NONE : poller.lag(progress.intake());
  }

  /** What there is to complain about, once for each time that it begins. */
  Optional<String> complaint(Progress progress) {
    return poller == null ? Optional.empty() : watch.complaint(progress, of(progress));
  }

  @Override
  public void close() {
    if (poller != null) {
      poller.close();
    }
  }
}
