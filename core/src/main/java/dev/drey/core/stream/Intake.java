package dev.drey.core.stream;

import java.io.Serializable;
import java.util.HashMap;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * What was read from a stream, for one mini-batch or for all steps up to a version of the weights.
 * Intakes form a commutative monoid under {@link #plus} with identity {@link #NONE}; plus is not
 * idempotent, so each must be added exactly once.
 *
 * @param partitions what was read, by partition
 * @param written when the training records were written, or null if there are none
 */
public record Intake(Map<String, PartitionIntake> partitions, @Nullable Written written)
    implements Serializable {

  private static final long serialVersionUID = 2L;

  /** Nothing was read. */
  public static final Intake NONE = new Intake(Map.of(), null);

  /**
   * What was read of one partition. The number of records read is trained + heldOut + rejected.
   * Offsets that have no record for other reasons than a loss are in no count.
   *
   * @param nextOffset offset of the first record that was not read
   * @param trained number of records that became training examples
   * @param heldOut number of records that became evaluation examples
   * @param rejected number of records that became dead letters
   * @param lost number of offsets whose records were deleted before they were read
   * @param learnt state of the partition's {@link Encoder} at {@code nextOffset}; owned by the
   *     record
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  public record PartitionIntake(
      long nextOffset, long trained, long heldOut, long rejected, long lost, byte[] learnt)
      implements Serializable {

    private static final long serialVersionUID = 2L;

    public PartitionIntake {
      if (nextOffset < 0 || trained < 0 || heldOut < 0 || rejected < 0 || lost < 0) {
        throw new IllegalArgumentException(
            "offset "
                + nextOffset
                + ", trained "
                + trained
                + ", held out "
                + heldOut
                + ", rejected "
                + rejected
                + ", lost "
                + lost
                + ": all must be at least 0");
      }
    }

    /** Without lost records. */
    public PartitionIntake(
        long nextOffset, long trained, long heldOut, long rejected, byte[] learnt) {
      this(nextOffset, trained, heldOut, rejected, 0, learnt);
    }

    /** The sum of the counts, with the greater offset and its encoder state. */
    PartitionIntake plus(PartitionIntake other) {
      PartitionIntake farther = nextOffset >= other.nextOffset ? this : other;
      return new PartitionIntake(
          farther.nextOffset,
          trained + other.trained,
          heldOut + other.heldOut,
          rejected + other.rejected,
          lost + other.lost,
          farther.learnt);
    }
  }

  /**
   * The range of record timestamps, milliseconds since 1970.
   *
   * @param oldest the least timestamp
   * @param newest the greatest timestamp, at least {@code oldest}
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

  /** The sum of two disjoint intakes. */
  public Intake plus(Intake other) {
    if (other.isNone()) {
      return this;
    }
    if (isNone()) {
      return other;
    }
    Map<String, PartitionIntake> all = new HashMap<>(partitions);
    other.partitions.forEach(
        (partition, reach) -> all.merge(partition, reach, PartitionIntake::plus));
    return new Intake(all, plus(written, other.written));
  }

  private static @Nullable Written plus(@Nullable Written a, @Nullable Written b) {
    return a == null ? b : b == null ? a : a.plus(b);
  }

  /** Number of records that became training examples, over all partitions. */
  public long trained() {
    return sum(PartitionIntake::trained);
  }

  /** Number of records that became evaluation examples, over all partitions. */
  public long heldOut() {
    return sum(PartitionIntake::heldOut);
  }

  /** Number of records that became dead letters, over all partitions. */
  public long rejected() {
    return sum(PartitionIntake::rejected);
  }

  /** Number of offsets whose records were deleted before they were read, over all partitions. */
  public long lost() {
    return sum(PartitionIntake::lost);
  }

  private long sum(ToLongFunction<PartitionIntake> count) {
    return partitions.values().stream().mapToLong(count).sum();
  }
}
