package dev.drey.operators.coordination;

import dev.drey.core.aggregation.Dropped;
import dev.drey.core.aggregation.Drops;
import java.io.Serializable;
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
}
