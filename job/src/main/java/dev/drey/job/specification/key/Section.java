package dev.drey.job.specification.key;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Keys that are read together into a record.
 *
 * @param <R> the record
 */
public final class Section<R> implements Type<R> {

  private final List<Key<R, ?>> keys;
  private final Function<Values<R>, R> constructor;
  private final List<Consumer<Reading>> checks;

  /**
   * Declares a section.
   *
   * @param keys in the order of the page, and of reading: a default may follow from a key before
   * @param constructor makes the record; an {@link IllegalArgumentException} is a fault of the
   *     section
   */
  public Section(List<Key<R, ?>> keys, Function<Values<R>, R> constructor) {
    this(keys, constructor, List.of());
  }

  private Section(
      List<Key<R, ?>> keys, Function<Values<R>, R> constructor, List<Consumer<Reading>> checks) {
    this.keys = List.copyOf(keys);
    this.constructor = constructor;
    this.checks = List.copyOf(checks);
  }

  /** With a check between keys, which runs once the section's keys are read, right or wrong. */
  public Section<R> check(Consumer<Reading> check) {
    List<Consumer<Reading>> more = new ArrayList<>(checks);
    more.add(check);
    return new Section<>(keys, constructor, more);
  }

  public List<Key<R, ?>> keys() {
    return keys;
  }

  @Override
  public Optional<R> read(Yaml yaml, Reading reading) {
    if (!(yaml instanceof Yaml.Mapping mapping)) {
      reading.fault(yaml.place(), "is " + yaml.shown() + ", must be " + expects());
      return Optional.empty();
    }
    int before = reading.faults().size();
    refuseUnknownKeys(mapping, reading);
    keys.forEach(key -> key.place(mapping, reading));
    Values<R> values = new Values<>();
    for (Key<R, ?> key : keys) {
      key.read(mapping, reading).ifPresent(value -> values.put(key, value));
    }
    checks.forEach(check -> check.accept(reading));
    if (values.size() < keys.size() || reading.faults().size() > before) {
      return Optional.empty();
    }
    try {
      return Optional.of(constructor.apply(values));
    } catch (IllegalArgumentException e) {
      reading.fault(mapping.place(), String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }

  private void refuseUnknownKeys(Yaml.Mapping mapping, Reading reading) {
    List<String> names = keys.stream().map(Key::name).toList();
    mapping
        .entries()
        .forEach(
            (name, value) -> {
              if (!names.contains(name)) {
                reading.fault(
                    value.place(), "is not a key of this section; " + advice(name, names));
              }
            });
  }

  private static String advice(String name, List<String> names) {
    return Spelling.nearest(name, names)
        .map(nearest -> "did you mean " + nearest + "?")
        .orElse("its keys are " + String.join(", ", names));
  }

  @Override
  public Map<String, Object> write(R record) {
    Map<String, Object> written = new LinkedHashMap<>();
    keys.forEach(key -> key.write(record).ifPresent(value -> written.put(key.name(), value)));
    return written;
  }

  @Override
  public String expects() {
    return keys.stream().map(Key::name).collect(Collectors.joining(", ", "a mapping with ", ""));
  }

  @Override
  public void visit(String path, KeyVisitor visitor) {
    for (Key<R, ?> key : keys) {
      String inner = path.isEmpty() ? key.name() : path + "." + key.name();
      visitor.visit(inner, key);
      key.type().visit(inner, visitor);
    }
  }
}
