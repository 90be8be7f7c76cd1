package dev.drey.core.aggregation;

import java.io.Serializable;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;

/**
 * How many examples were dropped, by reason. A commutative monoid under {@link #plus}, with {@link
 * #NONE}.
 *
 * @param examples by reason, each at least 0; a reason that is missing means 0
 */
public record Drops(Map<DropReason, Long> examples) implements Serializable {

  public static final Drops NONE = new Drops(Map.of());

  public Drops {
    examples = Map.copyOf(examples);
  }

  /** The counts of a list. */
  public static Drops of(Collection<Dropped> dropped) {
    Map<DropReason, Long> sum = new EnumMap<>(DropReason.class);
    dropped.forEach(d -> sum.merge(d.reason(), (long) d.count(), Long::sum));
    return new Drops(sum);
  }

  public long of(DropReason reason) {
    return examples.getOrDefault(reason, 0L);
  }

  public long total() {
    return examples.values().stream().mapToLong(Long::longValue).sum();
  }

  public Drops plus(Drops other) {
    Map<DropReason, Long> sum = new EnumMap<>(DropReason.class);
    sum.putAll(examples);
    other.examples.forEach((reason, count) -> sum.merge(reason, count, Long::sum));
    return new Drops(sum);
  }
}
