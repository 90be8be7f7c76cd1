package dev.drey.job.run;

import dev.drey.core.stream.Intake;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Reports each partition of which records were lost, again whenever it loses more. Thread-safe. */
final class LossNotes {

  private final ProgressListener listener;
  private final Map<String, Long> reported = new HashMap<>();

  LossNotes(ProgressListener listener) {
    this.listener = listener;
  }

  /**
   * Compares with what was reported.
   *
   * @param intake of the run so far
   */
  synchronized void update(Intake intake) {
    new TreeMap<>(intake.partitions())
        .forEach(
            (partition, reach) -> {
              if (reach.lost() > reported.getOrDefault(partition, 0L)) {
                reported.put(partition, reach.lost());
                listener.noted(
                    String.format(
                        Locale.ROOT,
                        "%s: %,d records so far were deleted before the run read them; it counts"
                            + " them as lost",
                        partition,
                        reach.lost()));
              }
            });
  }
}
