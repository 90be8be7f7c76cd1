package dev.drey.core.stream;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.ToLongFunction;

/**
 * A reservoir of a stream's examples from which a uniform random sample, without replacement, of
 * the examples since any recent step can be taken. An example's rank is a hash of its position; the
 * sample since a step consists of the {@code size} examples of greatest rank since then. This is
 * the bottom-k sketch of Cohen and Kaplan (2007, <i>Summarizing data using bottom-k sketches</i>,
 * with the greatest ranks instead of the least), which without weights is the reservoir of
 * Efraimidis and Spirakis (2006). Since the step is not known in advance, all examples are kept
 * that are in the sample since some step (an all-distances sketch): an example can be evicted once
 * {@code size} examples of greater rank came after it. Of n examples, size (1 + ln(n / size))
 * remain on average.
 *
 * <p>At most {@value #CAPACITY_FACTOR} x {@code size} examples are kept. When that capacity is
 * reached, those that can be evicted are, and then the oldest until {@value #KEPT_FACTOR} x {@code
 * size} remain; these suffice for samples of about the latest 7 x {@code size} examples or more. A
 * sample since an earlier step is taken from what remains. Adding an example takes about log2(size)
 * comparisons, sampling sorts what is kept. The content is a function of the examples and their
 * order. Not thread-safe.
 */
public final class Reservoir {

  /** Capacity, in multiples of the sample size. */
  public static final int CAPACITY_FACTOR = 4;

  private static final int KEPT_FACTOR = 3;

  private final int size;
  private final long seed;
  private List<Ranked> kept = new ArrayList<>(); // oldest first

  /**
   * An example of the stream.
   *
   * @param step the first step that trained on it
   */
  public record Entry(long step, PlacedExample placed) {}

  private record Ranked(Entry entry, long rank) {}

  /**
   * @param size sample size, at least 1
   * @param seed seed of the ranks
   */
  public Reservoir(int size, long seed) {
    if (size < 1) {
      throw new IllegalArgumentException("a sample of " + size + ", must be at least 1");
    }
    this.size = size;
    this.seed = seed;
  }

  /** Adds the next example; its step must not be less than the previous one's. */
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
   * A random subset of the sample since a step; the whole sample if it has no more than {@code
   * count} examples.
   *
   * @param count most examples
   * @param seed selects the subset; equal seeds give equal subsets
   * @return in the order in which they were added
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

  /**
   * The content, oldest first; adding it to an empty reservoir of the same size and seed restores
   * this one.
   */
  public List<Entry> entries() {
    return kept.stream().map(Ranked::entry).toList();
  }

  private static long rank(long seed, Position position) {
    return mix(mix(seed, position.partition().hashCode()), position.offset());
  }

  /** A hash of two numbers. */
  public static long mix(long a, long b) {
    return mix(mix(a) + b);
  }

  /** The mixing function of SplittableRandom: Steele, Lea and Flood (2014), figure 16. */
  private static long mix(long value) {
    long z = value + 0x9e3779b97f4a7c15L;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
