package dev.drey.core.drift;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * ADWIN2 of Bifet and Gavalda (2007): an adaptive window of the latest values. When the means of
 * its older and newer part differ by more than chance explains, the older part is dropped. With n0
 * and n1 values in the parts, n = n0 + n1, 1/m = 1/n0 + 1/n1 and d = delta / ln n, the bound is
 *
 * <pre>sqrt(2/m variance ln(2/d)) + 2/(3m) ln(2/d)      (equation 3.1)</pre>
 *
 * <p>The window is an exponential histogram: buckets of 1, 2, 4, ... values, the newest smallest,
 * at most {@value #PER_SIZE} of each size; it can be cut between two buckets. A window of n values
 * takes about 24 x {@value #PER_SIZE} log2(n) bytes, and adding a value takes O({@value #PER_SIZE}
 * log2(n)) time. Of several possible cuts the one with the largest ratio of difference to bound is
 * taken, and everything older is dropped at once. The paper drops values one by one from the old
 * end, which would keep most of the outdated values after a change was detected.
 */
public final class Adwin implements DriftDetector {

  static final int PER_SIZE = 5;

  /** The fewest values on either side of a cut. */
  static final int LEAST = 5;

  private final double delta;
  private final int perSize;
  private final List<Bucket> buckets = new ArrayList<>(); // oldest first

  /**
   * The detector's parameter.
   *
   * @param delta upper bound of the probability of a false alarm per value, in (0, 1)
   */
  public record Settings(double delta) implements DriftDetector.Settings {

    private static final long serialVersionUID = 1L;

    public static final Settings DEFAULT = new Settings(0.002);

    public Settings {
      if (!(delta > 0 && delta < 1)) {
        throw new IllegalArgumentException("delta is " + delta + ", must be between 0 and 1");
      }
    }

    @Override
    public Adwin open(byte @Nullable [] state) {
      Adwin adwin = new Adwin(delta, PER_SIZE);
      Kind.ADWIN.body(state).ifPresent(adwin::read);
      return adwin;
    }
  }

  /**
   * @param perSize most buckets of one size; with no limit, every cut is examined
   */
  Adwin(double delta, int perSize) {
    this.delta = delta;
    this.perSize = perSize;
  }

  @Override
  public Optional<Shift> add(double value) {
    DriftDetector.check(value);
    buckets.add(Bucket.of(value));
    compress();
    Bucket dropped = Bucket.NONE;
    for (int older = cut(); older > 0; older = cut()) {
      for (; older > 0; older--) {
        dropped = dropped.plus(buckets.remove(0));
      }
    }
    if (dropped.count() == 0) {
      return Optional.empty();
    }
    Bucket kept = sum();
    return Optional.of(new Shift(kept.count(), dropped.mean(), kept.mean()));
  }

  /** Merges the two oldest buckets of any size that has too many, from the smallest size up. */
  private void compress() {
    int end = buckets.size();
    while (end > 0) {
      long size = buckets.get(end - 1).count();
      int first = end;
      while (first > 0 && buckets.get(first - 1).count() == size) {
        first--;
      }
      if (end - first <= perSize) {
        return;
      }
      buckets.set(first, buckets.get(first).plus(buckets.remove(first + 1)));
      end = first + 1;
    }
  }

  /** The number of buckets older than the most significant cut; 0 if none is significant. */
  private int cut() {
    Bucket all = sum();
    double certainty = Math.log(2 * Math.log((double) all.count()) / delta);
    double clearest = 1;
    int cut = 0;
    Bucket older = Bucket.NONE;
    for (int i = 0; i < buckets.size(); i++) {
      older = older.plus(buckets.get(i));
      long newer = all.count() - older.count();
      if (older.count() < LEAST || newer < LEAST) {
        continue;
      }
      double newerMean = (all.mean() * all.count() - older.mean() * older.count()) / newer;
      double perM = 1.0 / older.count() + 1.0 / newer;
      double chance = Math.sqrt(2 * perM * all.variance() * certainty) + 2.0 / 3 * perM * certainty;
      double clearness = Math.abs(older.mean() - newerMean) / chance;
      if (clearness >= clearest) {
        clearest = clearness;
        cut = i + 1;
      }
    }
    return cut;
  }

  private Bucket sum() {
    Bucket sum = Bucket.NONE;
    for (Bucket bucket : buckets) {
      sum = sum.plus(bucket);
    }
    return sum;
  }

  /** Number of values in the window. */
  long width() {
    return sum().count();
  }

  int buckets() {
    return buckets.size();
  }

  @Override
  public byte[] toBytes() {
    return Kind.ADWIN.bytes(
        buckets.size() * Bucket.BYTES,
        body ->
            buckets.forEach(
                b -> body.putLong(b.count()).putDouble(b.mean()).putDouble(b.squares())));
  }

  private void read(ByteBuffer buffer) {
    if (buffer.remaining() % Bucket.BYTES != 0) {
      throw new IllegalArgumentException(
          "the state of ADWIN has "
              + buffer.remaining()
              + " bytes, must be a multiple of "
              + Bucket.BYTES);
    }
    while (buffer.hasRemaining()) {
      buckets.add(new Bucket(buffer.getLong(), buffer.getDouble(), buffer.getDouble()));
    }
  }
}
