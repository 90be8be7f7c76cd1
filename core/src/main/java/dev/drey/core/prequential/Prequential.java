package dev.drey.core.prequential;

import dev.drey.core.aggregation.Tally;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * The prequential (test-then-train) error of Gama, Sebastiao and Rodrigues (2013) with their two
 * forgetting mechanisms: a sliding window, and a fading factor. A step's tally is computed with
 * weights that were not trained on its examples, so it is a test. Takes 32 bytes per step in the
 * window. Not thread-safe.
 */
public final class Prequential {

  private static final byte VERSION = 1;
  private static final int STEP_BYTES = 4 * Long.BYTES;
  private static final int FADED_BYTES = 4 * Double.BYTES;

  private final Settings settings;
  private final Deque<Tally> steps = new ArrayDeque<>();
  private long inWindow;
  private double examples;
  private double lossSum;
  private double correct;
  private double absoluteErrorSum;

  /**
   * The forgetting mechanisms.
   *
   * @param window examples in the sliding window, at least 1
   * @param fading the factor by which each later example reduces an example's weight, in (0, 1]
   */
  public record Settings(int window, double fading) implements Serializable {

    private static final long serialVersionUID = 1L;

    public static final Settings DEFAULT = new Settings(10_000, 0.9999);

    public Settings {
      if (window < 1) {
        throw new IllegalArgumentException("the window is " + window + ", must be at least 1");
      }
      if (!(fading > 0 && fading <= 1)) {
        throw new IllegalArgumentException("fading is " + fading + ", must be above 0, at most 1");
      }
    }
  }

  /** An error of no steps yet. */
  public Prequential(Settings settings) {
    this.settings = settings;
  }

  /**
   * Restores an error.
   *
   * @param state from {@link #toBytes}, or null to start with no steps
   * @throws IllegalArgumentException if the state has another format version
   */
  public static Prequential of(Settings settings, byte @Nullable [] state) {
    Prequential prequential = new Prequential(settings);
    if (state != null) {
      prequential.read(ByteBuffer.wrap(state));
    }
    return prequential;
  }

  /** Adds the tally of a step; one of no examples is ignored. */
  public void add(Tally step) {
    if (step.examples() == 0) {
      return;
    }
    slide(
        new Tally(
            step.examples(), step.lossSum(), step.correct(), 0, 0, 0, step.absoluteErrorSum()));
    // The examples of a step are unordered: older examples fade by one factor for each of them.
    double kept = Math.pow(settings.fading, (double) step.examples());
    examples = step.examples() + kept * examples;
    lossSum = step.lossSum() + kept * lossSum;
    correct = step.correct() + kept * correct;
    absoluteErrorSum = step.absoluteErrorSum() + kept * absoluteErrorSum;
  }

  private void slide(Tally step) {
    steps.addLast(step);
    inWindow += step.examples();
    while (inWindow - steps.getFirst().examples() >= settings.window) {
      inWindow -= steps.removeFirst().examples();
    }
  }

  /** The means over the latest steps, as few as together have the examples of the window. */
  public PrequentialScore window() {
    Tally sum = Tally.ZERO;
    for (Tally step : steps) {
      sum = sum.plus(step);
    }
    return PrequentialScore.of(sum);
  }

  /** The means over all examples, weighted by the fading factor. */
  public PrequentialScore faded() {
    return new PrequentialScore(
        examples, lossSum / examples, correct / examples, absoluteErrorSum / examples);
  }

  /** The state in a versioned format; the caller owns the array. */
  public byte[] toBytes() {
    ByteBuffer buffer = ByteBuffer.allocate(1 + FADED_BYTES + steps.size() * STEP_BYTES);
    buffer.put(VERSION);
    buffer.putDouble(examples).putDouble(lossSum).putDouble(correct).putDouble(absoluteErrorSum);
    for (Tally step : steps) {
      buffer.putLong(step.examples()).putDouble(step.lossSum());
      buffer.putLong(step.correct()).putDouble(step.absoluteErrorSum());
    }
    return buffer.array();
  }

  private void read(ByteBuffer buffer) {
    byte version = buffer.get();
    if (version != VERSION) {
      throw new IllegalArgumentException(
          "the state of a prequential error has version "
              + version
              + ", this side reads "
              + VERSION);
    }
    examples = buffer.getDouble();
    lossSum = buffer.getDouble();
    correct = buffer.getDouble();
    absoluteErrorSum = buffer.getDouble();
    while (buffer.hasRemaining()) {
      slide(
          new Tally(
              buffer.getLong(), buffer.getDouble(), buffer.getLong(), 0, 0, 0, buffer.getDouble()));
    }
  }
}
