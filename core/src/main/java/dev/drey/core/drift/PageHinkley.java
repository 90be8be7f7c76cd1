package dev.drey.core.drift;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The Page-Hinkley test, two-sided: Page (1954) with the running mean of Hinkley (1971). With x'(t)
 * the mean of the values x(1) ... x(t) since the last shift,
 *
 * <pre>
 * U(t) = U(t-1) + x(t) - x'(t) - tolerance, a rise if U(t) - min U > threshold
 * D(t) = D(t-1) + x(t) - x'(t) + tolerance, a fall if max D - D(t) > threshold
 * </pre>
 *
 * <p>The shift is taken to begin after the value at which the minimum, or maximum, was reached.
 * Takes 80 bytes.
 */
public final class PageHinkley implements DriftDetector {

  private static final int BYTES = 10 * Long.BYTES;

  private final Settings settings;
  private long count;
  private double sum;
  private final Side rise = new Side(1);
  private final Side fall = new Side(-1);

  /**
   * The test's parameters. With values of variance s^2, about one in exp(2 tolerance threshold /
   * s^2) raises a false alarm.
   *
   * @param tolerance change of the mean that is not a shift, at least 0
   * @param threshold above 0; a jump by j is detected after about threshold / (j - tolerance)
   *     values
   */
  public record Settings(double tolerance, double threshold) implements DriftDetector.Settings {

    private static final long serialVersionUID = 1L;

    public static final Settings DEFAULT = new Settings(0.02, 3);

    public Settings {
      if (!(tolerance >= 0) || Double.isInfinite(tolerance)) {
        throw new IllegalArgumentException(
            "tolerance is " + tolerance + ", must be at least 0 and finite");
      }
      if (!(threshold > 0) || Double.isInfinite(threshold)) {
        throw new IllegalArgumentException(
            "threshold is " + threshold + ", must be above 0 and finite");
      }
    }

    @Override
    public PageHinkley open(byte @Nullable [] state) {
      PageHinkley test = new PageHinkley(this);
      Kind.PAGE_HINKLEY.body(state).ifPresent(test::read);
      return test;
    }
  }

  private PageHinkley(Settings settings) {
    this.settings = settings;
  }

  @Override
  public Optional<Shift> add(double value) {
    DriftDetector.check(value);
    count++;
    sum += value;
    double distance = value - sum / count;
    rise.add(distance);
    fall.add(distance);
    Optional<Shift> shift = rise.shift().or(fall::shift);
    if (shift.isPresent()) {
      count = 0;
      sum = 0;
      rise.reset();
      fall.reset();
    }
    return shift;
  }

  /** One of the two cumulative sums, with its sign chosen so that always the minimum matters. */
  private final class Side {

    private final int sign;
    private double total;
    private double least;
    private long countAtLeast;
    private double sumAtLeast;

    Side(int sign) {
      this.sign = sign;
    }

    void add(double distance) {
      total += sign * distance - settings.tolerance;
      if (total <= least || countAtLeast == 0) {
        least = total;
        countAtLeast = count;
        sumAtLeast = sum;
      }
    }

    Optional<Shift> shift() {
      if (total - least <= settings.threshold) {
        return Optional.empty();
      }
      long since = count - countAtLeast;
      return Optional.of(new Shift(since, sumAtLeast / countAtLeast, (sum - sumAtLeast) / since));
    }

    void reset() {
      total = 0;
      least = 0;
      countAtLeast = 0;
      sumAtLeast = 0;
    }

    void write(ByteBuffer buffer) {
      buffer.putDouble(total).putDouble(least).putLong(countAtLeast).putDouble(sumAtLeast);
    }

    void read(ByteBuffer buffer) {
      total = buffer.getDouble();
      least = buffer.getDouble();
      countAtLeast = buffer.getLong();
      sumAtLeast = buffer.getDouble();
    }
  }

  @Override
  public byte[] toBytes() {
    return Kind.PAGE_HINKLEY.bytes(
        BYTES,
        body -> {
          body.putLong(count).putDouble(sum);
          rise.write(body);
          fall.write(body);
        });
  }

  private void read(ByteBuffer buffer) {
    if (buffer.remaining() != BYTES) {
      throw new IllegalArgumentException(
          "the state of a Page-Hinkley test has "
              + buffer.remaining()
              + " bytes, must be "
              + BYTES);
    }
    count = buffer.getLong();
    sum = buffer.getDouble();
    rise.read(buffer);
    fall.read(buffer);
  }
}
