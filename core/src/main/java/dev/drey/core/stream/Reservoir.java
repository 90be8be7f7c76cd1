package dev.drey.core.stream;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.ToLongFunction;

/**
 * A random sample of a stream's examples since any of its latest steps: uniform, without
 * replacement. An example's rank is a hash of its position, and the sample since a step is the
 * {@code size} of greatest rank that came since: the bottom-k sketch of Cohen and Kaplan (2007,
 * <i>Summarizing data using bottom-k sketches</i>, turned upside down), which without weights is
 * the reservoir of Efraimidis and Spirakis (2006). Not known is which step will be asked for, so
 * kept is what is in the sample since any of them, their all-distances sketch: an example may go
 * once {@code size} of greater rank have come after it. Of n examples that leaves size (1 + ln(n /
 * size)) on the mean.
 *
 * <p>At most {@value #CAPACITY_FACTOR} times {@code size} are kept. When these are full, what may go goes, and
 * then the oldest until {@value #KEPT_FACTOR} times {@code size} are left: these are the samples of at
 * least 7 {@code size} examples or so. A sample since a step before is of what is left. An example
 * takes about log2(size) comparisons, a drawing sorts what is kept. What is kept depends on the
 * examples and their order alone. Not thread-safe.
 */
public final class Reservoir {

  /** Kept per example of the sample, at most. */
  public static final int CAPACITY_FACTOR = 4;

  private static final int KEPT_FACTOR = 3;

  private final int size;
  private final long seed;
  private List<Ranked> kept = new ArrayList<>(); // the oldest first

  /**
   * An example of the stream.
   *
   * @param step that trained on it first
   */
  public record Entry(long step, PlacedExample placed) {}

  private record Ranked(Entry entry, long rank) {}

  /**
   * @param size of a sample, at least 1
   * @param seed of the ranks
   */
  public Reservoir(int size, long seed) {
    if (size < 1) {
      throw new IllegalArgumentException("a sample of " + size + ", must be at least 1");
    }
    this.size = size;
    this.seed = seed;
  }

  /** Takes the next example; steps never fall. */
  public void add(Entry entry) {
    if (kept.size() >= CAPACITY_FACTOR * (long) size) {
      evict();
    }
    kept.add(new Ranked(entry, rank(seed, entry.placed.position())));
  }

  private void evict() {
    List<Ranked> left = new ArrayList<>();
    PriorityQueue<Long> greatest = new PriorityQueue<>();
    for (int i = kept.size() - 1; i >= 0 && left.size() < KEPT_FACTOR * (long) size; i--) {
      Ranked older = kept.get(i);
      if (greatest.size() < size || older.rank > greatest.element()) {
        left.add(older);
        greatest.add(older.rank);
        if (greatest.size() > size) {
          greatest.remove();
        }
      }
    }
    Collections.reverse(left);
    kept = left;
  }

  /**
   * Draws from the sample since a step; all of it if it has no more.
   *
   * @param count at most so many
   * @param draw another for every drawing
   * @return in the order in which they came
   */
  public List<PlacedExample> sample(long since, int count, long seed) {
    List<Ranked> all = kept.stream().filter(ranked -> ranked.entry.step >= since).toList();
    List<PlacedExample> sample =
        greatest(all, size, Ranked::rank).stream().map(ranked -> ranked.entry.placed).toList();
    return greatest(sample, count, placed -> rank(seed, placed.position()));
  }

  private static <T> List<T> greatest(List<T> all, int count, ToLongFunction<T> rank) {
    if (all.size() <= count) {
      return all;
    }
    long[] ranks = all.stream().mapToLong(rank).toArray();
    long[] sorted = ranks.clone();
    Arrays.sort(sorted);
    long least = sorted[sorted.length - count];
    List<T> greatest = new ArrayList<>(count);
    for (int i = 0; i < ranks.length; i++) {
      if (ranks[i] >= least) {
        greatest.add(all.get(i));
      }
    }
    return greatest;
  }

  /** All that is kept, the oldest first: added to an empty reservoir, it makes the same one. */
  public List<Entry> entries() {
    return kept.stream().map(Ranked::entry).toList();
  }

  private static long rank(long seed, Position position) {
    return mix(mix(seed, position.partition().hashCode()), position.offset());
  }

  /** A number that stands for two others. */
  public static long mix(long a, long b) {
    return mix(mix(a) + b);
  }

  /** As SplittableRandom of Steele, Lea and Flood (2014, figure 16) turns a count into a number. */
  private static long mix(long value) {
    long z = value + 0x9e3779b97f4a7c15L;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
