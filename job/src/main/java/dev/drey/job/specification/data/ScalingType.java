package dev.drey.job.specification.data;

import dev.drey.core.feature.Scaling;
import dev.drey.job.specification.key.Key;
import dev.drey.job.specification.key.Numbers;
import dev.drey.job.specification.key.Section;
import dev.drey.job.specification.key.Type;
import dev.drey.job.specification.key.Union;
import java.util.List;

/** How the scaling of a number is written. */
final class ScalingType {

  static final Type<Scaling> TYPE =
      new Union<>(
          Scaling.class,
          List.of(
              new Union.Case<>(
                  "none", Scaling.None.class, new Section<>(List.of(), in -> new Scaling.None())),
              new Union.Case<>(
                  "standard",
                  Scaling.Standard.class,
                  new Section<>(List.of(), in -> new Scaling.Standard()),
                  "by the running mean and deviation of the partition's records, this one"
                      + " included"),
              new Union.Case<>("min-max", Scaling.MinMax.class, minMax()),
              new Union.Case<>("fixed", Scaling.Fixed.class, fixed())));

  private ScalingType() {}

  private static Section<Scaling.MinMax> minMax() {
    Key<Scaling.MinMax, Double> least =
        Key.of("least", number(), Scaling.MinMax::least, "what becomes 0");
    Key<Scaling.MinMax, Double> most =
        Key.of("most", number(), Scaling.MinMax::most, "what becomes 1; above least");
    return new Section<>(
        List.of(least, most), in -> new Scaling.MinMax(in.get(least), in.get(most)));
  }

  private static Section<Scaling.Fixed> fixed() {
    Key<Scaling.Fixed, Double> mean =
        Key.of("mean", number(), Scaling.Fixed::mean, "what is subtracted");
    Key<Scaling.Fixed, Double> deviation =
        Key.of(
            "deviation",
            Numbers.decimal("a number above 0", d -> d > 0),
            Scaling.Fixed::deviation,
            "what it is then divided by");
    return new Section<>(
        List.of(mean, deviation), in -> new Scaling.Fixed(in.get(mean), in.get(deviation)));
  }

  private static Type<Double> number() {
    return Numbers.decimal("a number", n -> true);
  }
}
