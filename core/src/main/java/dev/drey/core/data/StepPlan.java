package dev.drey.core.data;

import dev.drey.core.parameters.Range;
import dev.drey.core.work.Round;
import java.io.Serializable;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * The assignment of rows to steps and slots. Every epoch is a new permutation of the training rows,
 * cut into consecutive steps; slot w of a step gets the w-th mini-batch of the step. The rows that
 * remain for the last step of an epoch are distributed evenly, so slots may get fewer rows there,
 * or none. A pure function of the settings: any step can be computed at any time, with the same
 * result. Thread-safe; caches the permutation of one epoch.
 */
public final class StepPlan implements Serializable {

  private static final long serialVersionUID = 1L;

  /**
   * The parameters of a plan.
   *
   * @param trainRows rows to train on, at least one; owned by this record
   * @param testRows rows to evaluate on, may be empty; owned by this record
   * @param slots slots of a step, at least 1
   * @param miniBatch examples per slot and step, at least 1
   * @param seed seed of the permutations
   * @param length how long to train
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  public record Settings(
      int[] trainRows, int[] testRows, int slots, int miniBatch, long seed, Length length)
      implements Serializable {

    public Settings {
      if (trainRows.length == 0) {
        throw new IllegalArgumentException("there are 0 rows to train on, must be at least 1");
      }
      if (slots < 1) {
        throw new IllegalArgumentException("slots is " + slots + ", must be at least 1");
      }
      if (miniBatch < 1) {
        throw new IllegalArgumentException("mini-batch is " + miniBatch + ", must be at least 1");
      }
    }
  }

  /** How long to train. */
  public sealed interface Length extends Serializable {

    /** The number of steps, given the steps of an epoch. */
    long steps(long stepsPerEpoch);

    /**
     * A number of steps.
     *
     * @param count at least 1
     */
    record Steps(long count) implements Length {
      public Steps {
        if (count < 1) {
          throw new IllegalArgumentException("steps is " + count + ", must be at least 1");
        }
      }

      @Override
      public long steps(long stepsPerEpoch) {
        return count;
      }
    }

    /**
     * A number of passes over the training rows.
     *
     * @param count at least 1
     */
    record Epochs(int count) implements Length {
      public Epochs {
        if (count < 1) {
          throw new IllegalArgumentException("epochs is " + count + ", must be at least 1");
        }
      }

      @Override
      public long steps(long stepsPerEpoch) {
        return Math.multiplyExact(count, stepsPerEpoch);
      }
    }
  }

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Shuffled(int epoch, int[] rows) {}

  private final Settings settings;
  private final long stepsPerEpoch;
  private final long steps;
  private transient volatile @Nullable Shuffled current;

  /**
   * @throws IllegalArgumentException if there are 2^31 epochs or more
   */
  public StepPlan(Settings settings) {
    this.settings = settings;
    long examples = (long) settings.slots * settings.miniBatch;
    this.stepsPerEpoch = (settings.trainRows.length + examples - 1) / examples;
    this.steps = settings.length.steps(stepsPerEpoch);
    if ((steps - 1) / stepsPerEpoch >= Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          steps + " steps of " + stepsPerEpoch + " an epoch are more than 2147483647 epochs");
    }
  }

  public Settings settings() {
    return settings;
  }

  /** Number of steps of the whole run. */
  public long steps() {
    return steps;
  }

  public long stepsPerEpoch() {
    return stepsPerEpoch;
  }

  /** Number of examples, over all slots, in the first {@code firstSteps} steps. */
  public long examples(long firstSteps) {
    long rows = settings.trainRows.length;
    long started = firstSteps % stepsPerEpoch * settings.slots * settings.miniBatch;
    return firstSteps / stepsPerEpoch * rows + Math.min(rows, started);
  }

  /** The epoch, from 0, that a step belongs to. */
  public int epochOf(long step) {
    return Math.toIntExact(step / stepsPerEpoch);
  }

  /**
   * The mini-batch of a slot of a step.
   *
   * @param step in [0, steps)
   * @param slot in [0, slots)
   */
  public RowBatch training(long step, int slot) {
    if (step < 0 || step >= steps) {
      throw new IllegalArgumentException("step is " + step + ", must be in [0, " + steps + ")");
    }
    checkSlot(slot);
    int epoch = epochOf(step);
    int total = settings.trainRows.length;
    // Fits an int: it is less than the number of training rows.
    int start = (int) (step % stepsPerEpoch * settings.slots * settings.miniBatch);
    int count = (int) Math.min(total - start, (long) settings.slots * settings.miniBatch);
    Range share = Range.part(count, settings.slots, slot);
    return new RowBatch(
        Round.training(step),
        slot,
        epoch,
        Arrays.copyOfRange(shuffled(epoch), start + share.from(), start + share.to()));
  }

  /**
   * Whether a version of the weights is evaluated: those after the last step of each epoch and
   * after the last step of the run, if there are test rows.
   *
   * @param version number of steps applied
   */
  public boolean evaluatesAt(long version) {
    return settings.testRows.length > 0
        && version > 0
        && version <= steps
        && (version % stepsPerEpoch == 0 || version == steps);
  }

  /**
   * The test rows of a slot. They are the same at every evaluation; the slots together have all
   * test rows.
   *
   * @param version number of steps applied, at least 1
   * @param slot in [0, slots)
   */
  public RowBatch evaluation(long version, int slot) {
    if (version < 1 || version > steps) {
      throw new IllegalArgumentException(
          "version is " + version + ", must be in [1, " + steps + "]");
    }
    checkSlot(slot);
    Range share = Range.part(settings.testRows.length, settings.slots, slot);
    return new RowBatch(
        Round.evaluation(version),
        slot,
        epochOf(version - 1),
        Arrays.copyOfRange(settings.testRows, share.from(), share.to()));
  }

  private void checkSlot(int slot) {
    if (slot < 0 || slot >= settings.slots) {
      throw new IllegalArgumentException(
          "slot is " + slot + ", must be in [0, " + settings.slots + ")");
    }
  }

  private int[] shuffled(int epoch) {
    Shuffled held = current;
    if (held == null || held.epoch != epoch) {
      held = shuffle(epoch);
      current = held;
    }
    return held.rows;
  }

  private Shuffled shuffle(int epoch) {
    int[] rows = settings.trainRows;
    int[] order = Permutation.of(rows.length, seedOf(epoch));
    for (int i = 0; i < order.length; i++) {
      order[i] = rows[order[i]];
    }
    return new Shuffled(epoch, order);
  }

  /** Hashed twice, so that neighbouring seeds and epochs give unrelated permutations. */
  private long seedOf(int epoch) {
    return new SplittableRandom(new SplittableRandom(settings.seed).nextLong() + epoch).nextLong();
  }
}
