package dev.drey.job.specification.key;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Values by free names, which are not declared keys.
 *
 * @param what the values in the plural, for errors: "properties"
 */
public record MapOf<T>(String what, Type<T> type) implements Type<Map<String, T>> {

  @Override
  public Optional<Map<String, T>> read(Yaml yaml, Reading reading) {
    if (!(yaml instanceof Yaml.Mapping mapping)) {
      reading.fault(yaml.place(), "is " + yaml.shown() + ", must be " + expects());
      return Optional.empty();
    }
    Map<String, T> values = new TreeMap<>();
    mapping
        .entries()
        .forEach((name, value) -> type.read(value, reading).ifPresent(v -> values.put(name, v)));
    return values.size() == mapping.entries().size() ? Optional.of(values) : Optional.empty();
  }

  @Override
  public Object write(Map<String, T> values) {
    Map<String, Object> written = new TreeMap<>();
    values.forEach((name, value) -> written.put(name, type.write(value)));
    return written;
  }

  @Override
  public String expects() {
    return "a mapping of " + what + " by name";
  }
}
