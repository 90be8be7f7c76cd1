package dev.drey.core.stream;

import java.io.Serializable;
import java.util.HashMap;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * What was taken in of a stream: for one mini-batch, or all that the weights of a version have
 * seen. Intakes form a commutative monoid under {@link #plus}, with {@link #NONE}; like the tally
 * of a step, each has to be counted once.
 *
 * @param partitions what was read of each partition
 * @param written when the examples to train on were written, or null if there are none
 */
public record Intake(Map<String, PartitionIntake> partitions, @Nullable Written written)
    implements Serializable {

  private static final long serialVersionUID = 2L;

  /** Nothing was read. */
  public static final Intake NONE = new Intake(Map.of(), null);

  /**
   * What was read of a partition. Records read = trained + heldOut + rejected.
   *
   * @param nextOffset of the first record that was not read
   * @param trained records that became examples to train on
   * @param heldOut records that became examples for evaluations
   * @param rejected records that became dead letters
   * @param learnt by the partition's {@link Encoder} up to there; owned by the record
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  public record PartitionIntake(long nextOffset, long trained, long heldOut, long rejected, byte[] learnt)
      implements Serializable {

    private static final long serialVersionUID = 1L;

    public PartitionIntake {
      if (nextOffset < 0 || trained < 0 || heldOut < 0 || rejected < 0) {
        throw new IllegalArgumentException(
            "offset "
                + nextOffset
                + ", trained "
                + trained
                + ", held out "
                + heldOut
                + ", rejected "
                + rejected
                + ": all must be at least 0");
      }
    }

    /** Both: as far as the farther, and the counts of both. */
    PartitionIntake plus(PartitionIntake other) {
      PartitionIntake farther = nextOffset >= other.nextOffset ? this : other;
      return new PartitionIntake(
          farther.nextOffset,
          trained + other.trained,
          heldOut + other.heldOut,
          rejected + other.rejected,
          farther.learnt);
    }
  }

  /**
   * When records were written, milliseconds since 1970.
   *
   * @param oldest of them
   * @param newest of them, not before the oldest
   */
  public record Written(long oldest, long newest) implements Serializable {

    private static final long serialVersionUID = 1L;

    public Written {
      if (newest < oldest) {
        throw new IllegalArgumentException(
            "the newest was written at " + newest + ", before the oldest, at " + oldest);
      }
    }

    Written plus(Written other) {
      return new Written(Math.min(oldest, other.oldest), Math.max(newest, other.newest));
    }
  }

  public Intake {
    partitions = Map.copyOf(partitions);
  }

  public boolean isNone() {
    return partitions.isEmpty();
  }

  /** Both together. */
  public Intake plus(Intake other) {
    if (other.isNone()) {
      return this;
    }
    if (isNone()) {
      return other;
    }
    Map<String, PartitionIntake> all = new HashMap<>(partitions);
    other.partitions.forEach((partition, reach) -> all.merge(partition, reach, PartitionIntake::plus));
    return new Intake(all, plus(written, other.written));
  }

  private static @Nullable Written plus(@Nullable Written a, @Nullable Written b) {
    return a == null ? b : b == null ? a : a.plus(b);
  }

  /** Records that became examples to train on, of all partitions. */
  public long trained() {
    return sum(PartitionIntake::trained);
  }

  /** Records that became examples for evaluations, of all partitions. */
  public long heldOut() {
    return sum(PartitionIntake::heldOut);
  }

  /** Records that became dead letters, of all partitions. */
  public long rejected() {
    return sum(PartitionIntake::rejected);
  }

  private long sum(ToLongFunction<PartitionIntake> count) {
    return partitions.values().stream().mapToLong(count).sum();
  }
}
