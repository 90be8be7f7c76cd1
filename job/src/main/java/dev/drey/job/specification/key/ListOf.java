package dev.drey.job.specification.key;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A list of at least one value.
 *
 * @param what the values in the plural, for errors: "layers"
 */
public record ListOf<T>(String what, Type<T> type) implements Type<List<T>> {

  @Override
  public Optional<List<T>> read(Yaml yaml, Reading reading) {
    if (!(yaml instanceof Yaml.Items items) || items.items().isEmpty()) {
      String shown = yaml instanceof Yaml.Items ? "an empty list" : yaml.shown();
      reading.fault(yaml.place(), "is " + shown + ", must be " + expects());
      return Optional.empty();
    }
    List<T> values = new ArrayList<>();
    for (Yaml item : items.items()) {
      type.read(item, reading).ifPresent(values::add);
    }
    return values.size() == items.items().size()
        ? Optional.of(List.copyOf(values))
        : Optional.empty();
  }

  @Override
  public Object write(List<T> value) {
    return value.stream().map(type::write).toList();
  }

  @Override
  public String expects() {
    return "a list of " + what;
  }

  @Override
  public void visit(String path, KeyVisitor visitor) {
    type.visit(path + "[]", visitor);
  }
}
