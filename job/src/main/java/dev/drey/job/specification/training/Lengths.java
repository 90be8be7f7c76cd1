package dev.drey.job.specification.training;

import dev.drey.core.data.StepPlan.Length;
import dev.drey.job.specification.key.Scalar;
import dev.drey.job.specification.key.Type;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A number of steps or epochs, as "300 steps" or "2 epochs". */
final class Lengths {

  private static final Pattern LENGTH = Pattern.compile("([1-9][0-9]{0,8}) (step|epoch)s?");

  static final Type<Length> TYPE =
      new Scalar<>("a length, as 300 steps or 2 epochs", Lengths::parse, Lengths::text);

  private Lengths() {}

  private static Optional<Length> parse(String text) {
    Matcher matcher = LENGTH.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    int count = Integer.parseInt(matcher.group(1));
    return Optional.of(
        matcher.group(2).equals("step") ? new Length.Steps(count) : new Length.Epochs(count));
  }

  private static String text(Length length) {
    return length instanceof Length.Epochs epochs
        ? epochs.count() + " epochs"
        : length.steps(1) + " steps";
  }
}
