package dev.drey.core.stream;

import java.io.Serializable;
import java.util.HashMap;
import java.util.Map;

/**
 * How far a stream was taken in, partition by partition. Intakes form a commutative, idempotent
 * monoid under {@link #plus}, with {@link #NONE}: what is told twice counts once.
 *
 * @param partitions how far each partition was read
 */
public record Intake(Map<String, Reach> partitions) implements Serializable {

  private static final long serialVersionUID = 1L;

  /** Nothing was read. */
  public static final Intake NONE = new Intake(Map.of());

  /**
   * How far a partition was read. All counts are since the run's start.
   *
   * @param nextOffset of the first record that was not read
   * @param trained records that became examples to train on
   * @param heldOut records that became examples for evaluations
   * @param rejected records that became dead letters
   * @param learnt by the partition's {@link Encoder} up to there; owned by the record
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  public record Reach(long nextOffset, long trained, long heldOut, long rejected, byte[] learnt)
      implements Serializable {

    private static final long serialVersionUID = 1L;

    public Reach {
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
  }

  public Intake {
    partitions = Map.copyOf(partitions);
  }

  /** Both: of each partition the one that was read farther. */
  public Intake plus(Intake other) {
    if (other.partitions.isEmpty()) {
      return this;
    }
    Map<String, Reach> all = new HashMap<>(partitions);
    other.partitions.forEach(
        (partition, reach) ->
            all.merge(partition, reach, (a, b) -> a.nextOffset() >= b.nextOffset() ? a : b));
    return new Intake(all);
  }
}
