package dev.drey.operators.dispatch;

import dev.drey.core.aggregation.DropReason;
import dev.drey.core.aggregation.Dropped;
import dev.drey.core.data.Batch;
import dev.drey.core.data.RowBatch;
import dev.drey.core.parameters.Range;
import dev.drey.core.work.Round;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * The examples that a slot has to compute: those of its mini-batch, then those that earlier steps
 * dropped as late and gave to this slot. An example is identified by its place in this order, since
 * the same row may occur twice.
 *
 * @param all of them, as one mini-batch
 * @param origins where they come from, in the same order
 */
record SlotExamples(Batch all, List<Origin> origins) {

  /** The round and slot that examples were first planned for, and their places in the order. */
  record Origin(Round round, int slot, Range places) {}

  /** Why an example is not in the sum. */
  record Loss(DropReason reason, String message) {}

  /**
   * Joins both.
   *
   * @param owed examples dropped by earlier steps, for any slot
   */
  static SlotExamples of(Batch miniBatch, List<Dropped> owed) {
    List<Origin> origins = new ArrayList<>();
    origins.add(new Origin(miniBatch.round(), miniBatch.slot(), new Range(0, miniBatch.count())));
    Batch all = miniBatch;
    for (Dropped debt : owed) {
      if (debt.slot() == miniBatch.slot()) {
        int before = all.count();
        all = with(all, debt);
        origins.add(new Origin(debt.round(), debt.slot(), new Range(before, all.count())));
      }
    }
    return new SlotExamples(all, origins);
  }

  private static Batch with(Batch batch, Dropped debt) {
    if (!(batch instanceof RowBatch rows)) {
      throw new IllegalStateException(batch + ": examples of a stream are never owed: " + debt);
    }
    return rows.with(debt.rows());
  }

  Round round() {
    return origins.get(0).round();
  }

  int count() {
    return all.count();
  }

  /** The examples at these places. */
  Batch at(Range places) {
    return all.at(IntStream.range(places.from(), places.to()).toArray());
  }

  /** The examples at all other places. */
  Batch without(Set<Integer> places) {
    return all.at(IntStream.range(0, count()).filter(place -> !places.contains(place)).toArray());
  }

  /** One record for each origin and reason that some of the lost examples share. */
  List<Dropped> dropped(NavigableMap<Integer, Loss> losses) {
    List<Dropped> dropped = new ArrayList<>();
    for (Origin origin : origins) {
      Map<Loss, IntStream.Builder> places = new LinkedHashMap<>();
      losses
          .subMap(origin.places().from(), origin.places().to())
          .forEach(
              (place, loss) -> places.computeIfAbsent(loss, l -> IntStream.builder()).add(place));
      places.forEach(
          (loss, some) ->
              dropped.add(
                  new Dropped(
                      loss.reason(),
                      origin.round(),
                      origin.slot(),
                      all.ids(some.build().toArray()),
                      loss.message())));
    }
    return dropped;
  }
}
