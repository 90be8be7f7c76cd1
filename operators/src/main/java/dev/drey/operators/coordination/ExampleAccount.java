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
 * What became of training examples that were offered and not counted. For the steps that are
 * applied: planned + {@code putBack} = counted + {@code dropped}.
 *
 * @param dropped examples, by reason
 * @param putBack how many of the dropped were offered again, to a later step
 * @param owed those that are still to be offered again, by the step that they go to
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
   * The account once a step is applied: what was owed to it has been offered, and is counted or
   * dropped anew; what came late is owed to a later step.
   *
   * @param sum of the step
   * @param owedAfter how many steps later
   * @param steps of the run: what would be owed to a step beyond stays dropped
   */
  public ExampleAccount after(PartialSum sum, long owedAfter, long steps) {
    long step = sum.round().step();
    List<Dropped> offered = owed.getOrDefault(step, List.of());
    List<Dropped> late = sum.dropped().stream().filter(d -> d.reason() == DropReason.LATE).toList();
    if (offered.isEmpty() && sum.dropped().isEmpty()) {
      return this;
    }
    Map<Long, List<Dropped>> left = new HashMap<>(owed);
    left.remove(step);
    if (!late.isEmpty() && step + owedAfter < steps) {
      left.put(step + owedAfter, sharedOut(late, sum.slots()));
    }
    return new ExampleAccount(
        dropped.plus(Drops.of(sum.dropped())), putBack + Drops.of(offered).total(), left);
  }

  /**
   * An even share for every slot: offered whole to one slot again, they would make it late again.
   */
  private static List<Dropped> sharedOut(List<Dropped> late, Range slots) {
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
