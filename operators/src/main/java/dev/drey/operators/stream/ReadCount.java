package dev.drey.operators.stream;

import dev.drey.core.stream.Intake;
import dev.drey.core.stream.Intake.PartitionIntake;
import dev.drey.core.stream.Intake.Written;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Counts the records read for a mini-batch. Not thread-safe. */
final class ReadCount {

  private Intake before;
  private final Map<String, Counts> partitions = new HashMap<>();
  private @Nullable Written written;

  /** The counts of one partition. */
  private static final class Counts {
    long nextOffset;
    long trained;
    long heldOut;
    long rejected;
    long lost;
  }

  /**
   * @param before what was already read for the mini-batch
   */
  ReadCount(Intake before) {
    this.before = before;
  }

  boolean isNone() {
    return before.isNone() && partitions.isEmpty();
  }

  void trained(String partition, long offset, long timestamp) {
    at(partition, offset).trained++;
    written =
        written == null
            ? new Written(timestamp, timestamp)
            : new Written(
                Math.min(written.oldest(), timestamp), Math.max(written.newest(), timestamp));
  }

  void heldOut(String partition, long offset) {
    at(partition, offset).heldOut++;
  }

  void rejected(String partition, long offset) {
    at(partition, offset).rejected++;
  }

  /**
   * Counts offsets whose records are gone.
   *
   * @param offset the first of them
   */
  void lost(String partition, long offset, long count) {
    at(partition, offset + count - 1).lost += count;
  }

  private Counts at(String partition, long offset) {
    Counts counts = partitions.computeIfAbsent(partition, p -> new Counts());
    counts.nextOffset = offset + 1;
    return counts;
  }

  /**
   * The records read since the last {@link #clear}.
   *
   * @param learnt what a partition's encoder has learnt
   */
  Intake intake(Function<String, byte[]> learnt) {
    Map<String, PartitionIntake> reaches = new HashMap<>();
    partitions.forEach(
        (partition, counts) ->
            reaches.put(
                partition,
                new PartitionIntake(
                    counts.nextOffset,
                    counts.trained,
                    counts.heldOut,
                    counts.rejected,
                    counts.lost,
                    learnt.apply(partition))));
    return before.plus(new Intake(reaches, written));
  }

  /** Starts again from zero. */
  void clear() {
    before = Intake.NONE;
    partitions.clear();
    written = null;
  }
}
