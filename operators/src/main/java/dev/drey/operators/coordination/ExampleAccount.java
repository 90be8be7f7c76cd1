package dev.drey.operators.coordination;

import dev.drey.core.aggregation.DropReason;
import dev.drey.core.aggregation.Dropped;
import dev.drey.core.aggregation.Drops;
import dev.drey.core.aggregation.PartialSum;
import dev.drey.core.parameters.Range;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The account of training examples that were planned for a step and not counted in it. For the
 * steps that are applied: planned + {@code putBack} = counted + {@code dropped}.
 *
 * @param dropped examples, by reason
 * @param putBack how many of the dropped examples a later step has computed, or dropped again
 * @param owed examples still to be put back, by the step that computes them
 */
public record ExampleAccount(Drops dropped, long putBack, Map<Long, List<Dropped>> owed)
    implements Serializable {

  private static final long serialVersionUID = 1L;

  /** Nothing was dropped. */
  public static final ExampleAccount NONE = new ExampleAccount(Drops.NONE, 0, Map.of());

  public ExampleAccount {
    owed = Map.copyOf(owed);
  }

  /**
   * The account once a step is applied: the examples owed to it are put back, and counted or
   * dropped anew; its late examples are owed to a later step.
   *
   * @param sum of the step
   * @param owedAfter how many steps later they are computed
   * @param steps of the run: examples owed to a step beyond them stay dropped
   */
  public ExampleAccount after(PartialSum sum, long owedAfter, long steps) {
    long step = sum.round().step();
    List<Dropped> putBackNow = owed.getOrDefault(step, List.of());
    List<Dropped> late = sum.dropped().stream().filter(d -> d.reason() == DropReason.LATE).toList();
    if (putBackNow.isEmpty() && sum.dropped().isEmpty()) {
      return this;
    }
    Map<Long, List<Dropped>> left = new HashMap<>(owed);
    left.remove(step);
    if (!late.isEmpty() && step + owedAfter < steps) {
      left.put(step + owedAfter, divided(late, sum.slots()));
    }
    return new ExampleAccount(
        dropped.plus(Drops.of(sum.dropped())), putBack + Drops.of(putBackNow).total(), left);
  }

  /** An even share for every slot: as one block they would make their slot late again. */
  private static List<Dropped> divided(List<Dropped> late, Range slots) {
    int total = late.stream().mapToInt(Dropped::count).sum();
    List<Dropped> shares = new ArrayList<>();
    for (int slot = 0; slot < slots.length(); slot++) {
      Range share = Range.part(total, slots.length(), slot);
      int at = 0;
      for (Dropped d : late) {
        int from = Math.max(share.from() - at, 0);
        int to = Math.min(share.to() - at, d.count());
        at += d.count();
        if (from < to) {
          int[] rows = Arrays.copyOfRange(d.rows(), from, to);
          shares.add(new Dropped(d.reason(), d.round(), slots.from() + slot, rows, ""));
        }
      }
    }
    return shares;
  }
}
