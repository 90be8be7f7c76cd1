package dev.drey.core.prequential;

import dev.drey.core.aggregation.Tally;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * The prequential error of Gama, Sebastiao and Rodrigues (2013), in their two ways of forgetting: a
 * sliding window, and a fading factor. What a step counts is made by weights that have not seen its
 * examples, so its tally is a test before the training. Takes 32 bytes per step of the window. Not
 * thread-safe.
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
   * How it forgets.
   *
   * @param window examples, at least 1
   * @param fading what an example's weight is multiplied by with each that follows, in (0, 1]
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

  /** Before the first step. */
  public Prequential(Settings settings) {
    this.settings = settings;
  }

  /**
   * Goes on where another was.
   *
   * @param state what its {@link #toBytes} gave, or null to begin
   * @throws IllegalArgumentException if it is of another version
   */
  public static Prequential of(Settings settings, byte @Nullable [] state) {
    Prequential prequential = new Prequential(settings);
    if (state != null) {
      prequential.read(ByteBuffer.wrap(state));
    }
    return prequential;
  }

  /** Takes the tally of a step; one of no examples is passed over. */
  public void add(Tally step) {
    if (step.examples() == 0) {
      return;
    }
    slide(
        new Tally(
            step.examples(), step.lossSum(), step.correct(), 0, 0, 0, step.absoluteErrorSum()));
    // The examples of a step have no order: all before fade by as many factors.
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

  /** Of the last steps: as few as have the examples of the window together. */
  public PrequentialScore window() {
    Tally sum = Tally.ZERO;
    for (Tally step : steps) {
      sum = sum.plus(step);
    }
    return PrequentialScore.of(sum);
  }

  /** Of all examples, the older the less. */
  public PrequentialScore faded() {
    return new PrequentialScore(examples, lossSum / examples, correct / examples, absoluteErrorSum / examples);
  }

  /** All it remembers, as bytes of a versioned format; the caller's. */
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
