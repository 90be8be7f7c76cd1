package dev.drey.job.specification.data;

import dev.drey.core.feature.Missing;
import dev.drey.job.specification.key.Numbers;
import dev.drey.job.specification.key.Reading;
import dev.drey.job.specification.key.Type;
import dev.drey.job.specification.key.Yaml;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The value for a missing number: a word, or a number. */
final class MissingType implements Type<Missing> {

  private static final String REJECT = "reject";
  private static final String MEAN = "mean";
  private static final String INDICATOR = "indicator";
  private static final Map<String, Missing> WORDS = new LinkedHashMap<>();
  private static final Type<Double> NUMBER = Numbers.decimal("a number", n -> true);

  static {
    WORDS.put(REJECT, new Missing.Reject());
    WORDS.put(MEAN, new Missing.Mean());
    WORDS.put(INDICATOR, new Missing.Indicator());
  }

  @Override
  public Optional<Missing> read(Yaml yaml, Reading reading) {
    if (yaml instanceof Yaml.Text text) {
      Missing word = WORDS.get(text.text());
      if (word != null) {
        return Optional.of(word);
      }
      Reading tried = new Reading(reading.surroundings());
      Optional<Missing> number = NUMBER.read(yaml, tried).map(Missing.Value::new);
      if (number.isPresent()) {
        return number;
      }
    }
    reading.fault(yaml.place(), "is " + yaml.shown() + ", must be " + expects());
    return Optional.empty();
  }

  @Override
  public Object write(Missing missing) {
    return missing.<Object>match(
        reject -> REJECT, Missing.Value::value, mean -> MEAN, indicator -> INDICATOR);
  }

  @Override
  public String expects() {
    return "one of " + String.join(", ", WORDS.keySet()) + ", or a number";
  }
}
