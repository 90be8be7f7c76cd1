package dev.drey.job.specification.key;

import java.util.List;
import java.util.Optional;

/** A list of at least one value, or one value alone. */
public record OneOrMore<T>(String what, Type<T> type) implements Type<List<T>> {

  @Override
  public Optional<List<T>> read(Yaml yaml, Reading reading) {
    return yaml instanceof Yaml.Text
        ? type.read(yaml, reading).map(List::of)
        : new ListOf<>(what, type).read(yaml, reading);
  }

  @Override
  public Object write(List<T> value) {
    return new ListOf<>(what, type).write(value);
  }

  @Override
  public String expects() {
    return type.expects() + ", or a list of " + what;
  }
}
