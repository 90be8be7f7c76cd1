package dev.drey.job.specification.key;

import java.util.Optional;
import java.util.function.Function;

/**
 * A value that is one word or number.
 *
 * @param expects what it must be, to follow "must be"
 * @param parser of the text; gives empty if the text is not what is expected
 * @param writer to a string, number or boolean
 */
public record Scalar<T>(
    String expects, Function<String, Optional<T>> parser, Function<T, Object> writer)
    implements Type<T> {

  @Override
  public Optional<T> read(Yaml yaml, Reading reading) {
    Optional<T> value =
        yaml instanceof Yaml.Text text ? parser.apply(text.text().strip()) : Optional.empty();
    if (value.isEmpty()) {
      reading.fault(yaml.place(), "is " + yaml.shown() + ", must be " + expects);
    }
    return value;
  }

  @Override
  public Object write(T value) {
    return writer.apply(value);
  }
}
