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
 * The first examples after a version, ordered by step, slot, and index in the mini-batch.
 * Mini-batches may be added in any order; they count when their step is complete. Not thread-safe.
 */
final class ComparisonWindow {

  private final int most;
  private final List<StreamBatch> counted = new ArrayList<>();
  private final NavigableMap<Place, StreamBatch> pending = new TreeMap<>();
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
   * @param most number of examples at which the window is full
   */
  ComparisonWindow(int most) {
    this.most = most;
  }

  boolean isFull() {
    return count == most;
  }

  /**
   * Adds a mini-batch, held until its step is complete. Replayed ones are ignored: they were
   * trained on before.
   */
  void add(StreamBatch batch) {
    if (!isFull() && batch.count() > 0 && !batch.replayed()) {
      pending.put(new Place(batch.step(), batch.slot()), batch);
    }
  }

  /** Counts the mini-batches up to this step, which is complete. */
  void completeUpTo(long step) {
    while (!isFull() && !pending.isEmpty() && pending.firstKey().step() <= step) {
      count(pending.pollFirstEntry().getValue());
    }
    if (isFull()) {
      pending.clear();
    }
  }

  /** Adds as many examples as there is room for. */
  private void count(StreamBatch batch) {
    List<PlacedExample> examples =
        batch.examples().subList(0, Math.min(batch.count(), most - count));
    counted.add(new StreamBatch(batch.round(), batch.slot(), examples, batch.intake()));
    count += examples.size();
  }

  /** The examples that count so far. */
  List<PlacedExample> examples() {
    return counted.stream().flatMap(batch -> batch.examples().stream()).toList();
  }

  /** Copies all mini-batches held; adding them to an empty window restores this one. */
  void copyTo(Collection<StreamBatch> batches) {
    batches.addAll(counted);
    batches.addAll(pending.values());
  }
}
