package dev.drey.job.specification.key;

import java.util.HashMap;
import java.util.Map;

/** The values of one section, all of them right. */
public final class Values<R> {

  private final Map<Key<R, ?>, Object> values = new HashMap<>();

  Values() {}

  /**
   * The value of a key of the section.
   *
   * @throws IllegalArgumentException if the section does not declare the key
   */
  @SuppressWarnings("unchecked") // put() takes nothing else
  public <T> T get(Key<R, T> key) {
    Object value = values.get(key);
    if (value == null) {
      throw new IllegalArgumentException("key " + key.name() + " is not declared by its section");
    }
    return (T) value;
  }

  void put(Key<R, ?> key, Object value) {
    values.put(key, value);
  }

  int size() {
    return values.size();
  }
}
