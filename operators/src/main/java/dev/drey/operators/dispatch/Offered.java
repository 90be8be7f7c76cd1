package dev.drey.operators.dispatch;

import dev.drey.core.aggregation.DropReason;
import dev.drey.core.aggregation.Dropped;
import dev.drey.core.aggregation.PartialSum.Round;
import dev.drey.core.data.MiniBatch;
import dev.drey.core.parameters.Range;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * The examples that a slot is to compute: those of its mini-batch, then those that earlier steps
 * owe to the slot. They are told by their place in this order, since a row may be in it twice.
 *
 * @param all of them, as one mini-batch
 * @param origins where they come from, in the same order
 */
record Offered(MiniBatch all, List<Origin> origins) {

  /** The step and slot that examples were first offered to, and their places in the order. */
  record Origin(Round round, int slot, Range places) {}

  /** Why an example is not in the sum. */
  record Loss(DropReason reason, String message) {}

  /**
   * Puts them together.
   *
   * @param owed what earlier steps owe, to any slot
   */
  static Offered of(MiniBatch miniBatch, List<Dropped> owed) {
    Round round = new Round(miniBatch.task(), miniBatch.step());
    List<Origin> origins = new ArrayList<>();
    int length = miniBatch.rows().length;
    origins.add(new Origin(round, miniBatch.slot(), new Range(0, length)));
    IntStream rows = Arrays.stream(miniBatch.rows());
    for (Dropped debt : owed) {
      if (debt.slot() == miniBatch.slot()) {
        int end = length + debt.rows().length;
        origins.add(new Origin(debt.round(), debt.slot(), new Range(length, end)));
        rows = IntStream.concat(rows, Arrays.stream(debt.rows()));
        length = end;
      }
    }
    return new Offered(with(miniBatch, rows.toArray()), origins);
  }

  private static MiniBatch with(MiniBatch miniBatch, int[] rows) {
    return new MiniBatch(
        miniBatch.step(), miniBatch.slot(), miniBatch.task(), miniBatch.epoch(), rows);
  }

  Round round() {
    return origins.get(0).round();
  }

  int count() {
    return all.rows().length;
  }

  /** The examples at these places. */
  MiniBatch at(Range places) {
    return with(all, Arrays.copyOfRange(all.rows(), places.from(), places.to()));
  }

  /** The examples at all other places. */
  MiniBatch without(Set<Integer> places) {
    return with(
        all,
        IntStream.range(0, count())
            .filter(place -> !places.contains(place))
            .map(place -> all.rows()[place])
            .toArray());
  }

  /** A record for each origin and loss that some examples share. */
  List<Dropped> dropped(NavigableMap<Integer, Loss> losses) {
    List<Dropped> dropped = new ArrayList<>();
    for (Origin origin : origins) {
      Map<Loss, IntStream.Builder> rows = new LinkedHashMap<>();
      losses
          .subMap(origin.places().from(), origin.places().to())
          .forEach(
              (place, loss) ->
                  rows.computeIfAbsent(loss, l -> IntStream.builder()).add(all.rows()[place]));
      rows.forEach(
          (loss, some) ->
              dropped.add(
                  new Dropped(
                      loss.reason(),
                      origin.round(),
                      origin.slot(),
                      some.build().toArray(),
                      loss.message())));
    }
    return dropped;
  }
}
