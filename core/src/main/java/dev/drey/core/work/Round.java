package dev.drey.core.work;

import java.io.Serializable;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * One pass of the loop, in which every slot contributes once: a training step, or the evaluation of
 * a version of the weights. Rounds are ordered as they take place: the evaluation of version v
 * comes before step v, which changes that version.
 *
 * @param kind training or evaluation
 * @param step the step, from 0; for an evaluation the version that is evaluated
 */
public record Round(Kind kind, long step) implements Comparable<Round>, Serializable {

  private static final long serialVersionUID = 1L;

  /** The two kinds of round, in the order in which they take place for the same number. */
  public enum Kind {
    /** A version of the weights is evaluated on held-out examples. */
    EVALUATION(2, "evaluation"),
    /** A step: the weights change. */
    TRAINING(1, "training");

    private final byte code;
    private final String word;

    Kind(int code, String word) {
      this.code = (byte) code;
      this.word = word;
    }

    /** What stands for it in checkpoints: never changed, and never used again for another kind. */
    public byte code() {
      return code;
    }

    /**
     * The kind with this code.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static Kind of(byte code) {
      for (Kind kind : values()) {
        if (kind.code == code) {
          return kind;
        }
      }
      throw new IllegalArgumentException(
          "a round is of kind "
              + code
              + ", must be one of "
              + Arrays.stream(values())
                  .map(kind -> kind.code + " (" + kind.word + ")")
                  .sorted()
                  .collect(Collectors.joining(", ")));
    }
  }

  public static Round training(long step) {
    return new Round(Kind.TRAINING, step);
  }

  public static Round evaluation(long version) {
    return new Round(Kind.EVALUATION, version);
  }

  public boolean isTraining() {
    return kind == Kind.TRAINING;
  }

  /** The round that follows if every version is evaluated. */
  public Round next() {
    return switch (kind) {
      case EVALUATION -> training(step);
      case TRAINING -> evaluation(step + 1);
    };
  }

  @Override
  public int compareTo(Round other) {
    int bySteps = Long.compare(step, other.step);
    return bySteps != 0 ? bySteps : kind.compareTo(other.kind);
  }

  @Override
  public String toString() {
    return switch (kind) {
      case EVALUATION -> "evaluation of version " + step;
      case TRAINING -> "step " + step;
    };
  }
}
