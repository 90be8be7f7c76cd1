package dev.drey.core.stream;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * A random sample of a stream's examples since any of its steps: uniform, without replacement. An
 * example's rank is a hash of its position, and the sample since a step is the {@code size} of
 * greatest rank that came since: the bottom-k sketch of Cohen and Kaplan (2007, <i>Summarizing data
 * using bottom-k sketches</i>, turned upside down), which without weights is the reservoir of
 * Efraimidis and Spirakis (2006). Not known is which step will be asked for, so kept is what is in
 * the sample since any of them, their all-distances sketch: an example goes once {@code size} of
 * greater rank have come after it. Of n examples that leaves size (1 + ln(n / size)) on the mean.
 *
 * <p>At most {@value #ROOM} times {@code size} are kept, the newest: the samples of about 20 {@code
 * size} examples. A sample since a step before these is of these. An example costs a comparison
 * with each that is kept. What is kept depends on the examples and their order alone. Not
 * thread-safe.
 */
public final class Reservoir {

  /** Kept per example of the sample; e to the power of one less is what they reach back to. */
  public static final int ROOM = 4;

  private final int size;
  private final long seed;
  private final List<Ranked> kept = new ArrayList<>(); // the oldest first

  /**
   * An example of the stream.
   *
   * @param step that trained on it first
   */
  public record Entry(long step, PlacedExample placed) {}

  private static final class Ranked {
    private final Entry entry;
    private final long rank;
    private int beaten; // by how many that came later

    Ranked(Entry entry, long rank) {
      this.entry = entry;
      this.rank = rank;
    }
  }

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
    long rank = rank(seed, entry.placed.position());
    for (Iterator<Ranked> all = kept.iterator(); all.hasNext(); ) {
      Ranked older = all.next();
      if (older.rank <= rank && ++older.beaten == size) {
        all.remove();
      }
    }
    kept.add(new Ranked(entry, rank));
    if (kept.size() > ROOM * (long) size) {
      kept.remove(0);
    }
  }

  /**
   * Draws from the sample since a step; all of it if it has no more.
   *
   * @param count at most so many
   * @param draw another for every drawing
   */
  public List<PlacedExample> draw(long since, int count, long draw) {
    List<PlacedExample> sample =
        greatest(kept.stream().filter(k -> k.entry.step >= since).toList(), size, k -> k.rank)
            .stream()
            .map(k -> k.entry.placed)
            .toList();
    return greatest(sample, count, placed -> rank(draw, placed.position()));
  }

  private static <T> List<T> greatest(List<T> all, int count, ToLongFunction<T> rank) {
    return all.stream().sorted(Comparator.comparingLong(rank).reversed()).limit(count).toList();
  }

  /** All that is kept, the oldest first: added to an empty reservoir, it makes the same one. */
  public List<Entry> entries() {
    return kept.stream().map(k -> k.entry).toList();
  }

  private static long rank(long seed, Position position) {
    return mix(mix(mix(seed) + position.partition().hashCode()) + position.offset());
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
