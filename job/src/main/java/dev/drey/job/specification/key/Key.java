package dev.drey.job.specification.key;

import java.util.Optional;
import java.util.function.Function;

/**
 * A declared key of a section.
 *
 * @param <R> the record that the section is read into
 * @param <T> the key's value
 */
public final class Key<R, T> {

  private final String name;
  private final Type<T> type;
  private final Function<R, T> component;
  private final String meaning;
  private final Default<T> fallback;

  private Key(
      String name, Type<T> type, Function<R, T> component, String meaning, Default<T> fallback) {
    this.name = name;
    this.type = type;
    this.component = component;
    this.meaning = meaning;
    this.fallback = fallback;
  }

  /**
   * A key that must be given, until one of the {@code orElse} methods says otherwise.
   *
   * @param component reads the key's value from the record
   * @param meaning one sentence without a full stop, for the reference page; units in it
   */
  public static <R, T> Key<R, T> of(
      String name, Type<T> type, Function<R, T> component, String meaning) {
    return new Key<>(name, type, component, meaning, new Default.None<>());
  }

  /**
   * A key whose value is a section. If it is left out, every key of the section has its default.
   */
  public static <R, T> Key<R, T> of(
      String name, Section<T> section, Function<R, T> component, String meaning) {
    return new Key<>(name, section, component, meaning, new Default.Empty<>());
  }

  /** As for a section. */
  public static <R, T> Key<R, T> of(
      String name, EitherSection<T> sections, Function<R, T> component, String meaning) {
    return new Key<>(name, sections, component, meaning, new Default.Empty<>());
  }

  public Key<R, T> orElse(T value) {
    return orElse(value, type.write(value).toString());
  }

  /** With the default in words, for the page. */
  public Key<R, T> orElse(T value, String shown) {
    return orElse(shown, reading -> Optional.of(value));
  }

  /**
   * With a default that follows from other keys.
   *
   * @param shown the rule in words, for the page
   * @param rule gives the default; empty if a key that it needs is wrong
   */
  public Key<R, T> orElse(String shown, Function<Reading, Optional<T>> rule) {
    return new Key<>(name, type, component, meaning, new Default.Rule<>(shown, rule));
  }

  public String name() {
    return name;
  }

  public Type<T> type() {
    return type;
  }

  public String meaning() {
    return meaning;
  }

  /** The default in words; empty for a key that must be given, or is a section. */
  public String shownDefault() {
    return fallback instanceof Default.Rule<T> rule ? rule.shown() : "";
  }

  /** Whether a section without this key is refused. */
  public boolean isRequired() {
    return fallback instanceof Default.None<T>;
  }

  /** Records the key's place in the text, before any key of its section is read. */
  void place(Yaml.Mapping section, Reading reading) {
    Yaml yaml = section.entries().get(name);
    reading.place(this, yaml == null ? absent(section) : yaml.place(), yaml != null);
  }

  Optional<T> read(Yaml.Mapping section, Reading reading) {
    Yaml yaml = section.entries().get(name);
    Optional<T> value;
    if (yaml == null) {
      value = fallback.value(this, absent(section), reading);
    } else if (yaml instanceof Yaml.Nothing) {
      reading.fault(
          yaml.place(), "has no value, must be " + type.expects() + "; or leave the key out");
      value = Optional.empty();
    } else {
      value = type.read(yaml, reading);
    }
    value.ifPresent(v -> reading.remember(this, v));
    return value;
  }

  private Place absent(Yaml.Mapping section) {
    return section.place().key(name, section.place().line());
  }

  /** The value as it is written; empty if the record has none. */
  Optional<Object> write(R record) {
    T value = component.apply(record);
    return value instanceof Optional<?> optional && optional.isEmpty() && type instanceof Maybe
        ? Optional.empty()
        : Optional.of(type.write(value));
  }

  /** The value of a key that is left out. */
  private sealed interface Default<T> {

    Optional<T> value(Key<?, T> key, Place place, Reading reading);

    record None<T>() implements Default<T> {
      @Override
      public Optional<T> value(Key<?, T> key, Place place, Reading reading) {
        reading.fault(place, "is missing, must be " + key.type.expects());
        return Optional.empty();
      }
    }

    record Empty<T>() implements Default<T> {
      @Override
      public Optional<T> value(Key<?, T> key, Place place, Reading reading) {
        return key.type.read(Yaml.Mapping.empty(place), reading);
      }
    }

    record Rule<T>(String shown, Function<Reading, Optional<T>> rule) implements Default<T> {
      @Override
      public Optional<T> value(Key<?, T> key, Place place, Reading reading) {
        return rule.apply(reading);
      }
    }
  }
}
