package dev.drey.core.stream;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How far the steps of a run are behind its stream.
 *
 * @param partitions records that were written and are in no applied step, by partition; at least 0
 */
public record Lag(Map<String, Long> partitions) {

  /** While nothing is known. */
  public static final Lag NONE = new Lag(Map.of());

  public Lag {
    partitions = Map.copyOf(partitions);
  }

  /**
   * The lag behind the ends of partitions.
   *
   * @param ends offset after the last record of each partition
   * @param unread where the lag of a partition begins that the intake does not have
   * @param intake of the applied steps
   */
  public static Lag of(Map<String, Long> ends, Map<String, Long> unread, Intake intake) {
    Map<String, Long> lags = new HashMap<>();
    ends.forEach(
        (partition, end) -> {
          Intake.PartitionIntake read = intake.partitions().get(partition);
          long next = read == null ? unread.getOrDefault(partition, end) : read.nextOffset();
          lags.put(partition, Math.max(0, end - next));
        });
    return new Lag(lags);
  }

  /** Records of all partitions. */
  public long total() {
    return partitions.values().stream().mapToLong(Long::longValue).sum();
  }

  /** Records of a partition; 0 if it is not known. */
  public long of(String partition) {
    return partitions.getOrDefault(partition, 0L);
  }

  /** The partition with the largest lag, of equal ones the first by name; empty without any. */
  public Optional<String> longest() {
    return partitions.keySet().stream()
        .sorted()
        .reduce((a, b) -> partitions.get(b) > partitions.get(a) ? b : a);
  }
}
