package dev.drey.operators.publish;

import dev.drey.core.data.StreamBatch;
import dev.drey.core.stream.PlacedExample;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * The first examples after a version, in the order of step, slot, and place in the mini-batch.
 * Mini-batches come in any order; they count once their step is whole. Not thread-safe.
 */
final class Window {

  private final int most;
  private final List<StreamBatch> taken = new ArrayList<>();
  private final NavigableMap<Place, StreamBatch> ahead = new TreeMap<>();
  private int count;

  private record Place(long step, int slot) implements Comparable<Place> {
    private static final Comparator<Place> ORDER =
        Comparator.comparingLong(Place::step).thenComparingInt(Place::slot);

    @Override
    public int compareTo(Place other) {
      return ORDER.compare(this, other);
    }
  }

  /**
   * @param most examples that it takes
   */
  Window(int most) {
    this.most = most;
  }

  boolean isFull() {
    return count == most;
  }

  /** Holds a mini-batch until its step is whole; one that replays was trained on before. */
  void add(StreamBatch batch) {
    if (!isFull() && batch.count() > 0 && !batch.replayed()) {
      ahead.put(new Place(batch.step(), batch.slot()), batch);
    }
  }

  /** All mini-batches up to the end of this step are there. */
  void whole(long step) {
    while (!isFull() && !ahead.isEmpty() && ahead.firstKey().step() <= step) {
      take(ahead.pollFirstEntry().getValue());
    }
    if (isFull()) {
      ahead.clear();
    }
  }

  /** As far as there is room. */
  private void take(StreamBatch batch) {
    List<PlacedExample> examples =
        batch.examples().subList(0, Math.min(batch.count(), most - count));
    taken.add(new StreamBatch(batch.round(), batch.slot(), examples, batch.intake()));
    count += examples.size();
  }

  /** What it has taken so far. */
  List<PlacedExample> examples() {
    return taken.stream().flatMap(batch -> batch.examples().stream()).toList();
  }

  /** Adds all that it holds: added to another, they make it the same. */
  void copyTo(Collection<StreamBatch> batches) {
    batches.addAll(taken);
    batches.addAll(ahead.values());
  }
}
