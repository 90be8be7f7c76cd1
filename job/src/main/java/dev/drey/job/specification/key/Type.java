package dev.drey.job.specification.key;

import java.util.Optional;

/**
 * The type of a key's value.
 *
 * @param <T> the value
 */
public interface Type<T> {

  /**
   * The value; empty if it is wrong, after all of its faults have been reported to {@code reading}:
   * the rest of a value is read even if a part is wrong.
   */
  Optional<T> read(Yaml yaml, Reading reading);

  /** The value as maps, lists, strings and numbers that {@link #read} takes back. */
  Object write(T value);

  /** What a value must be, to follow "must be": "a whole number from 1 to 10". */
  String expects();

  /** Shows the keys that a value itself has. */
  default void visit(String path, KeyVisitor visitor) {}

  /** Sees every key, outer before inner. */
  @FunctionalInterface
  interface KeyVisitor {
    void visit(String path, Key<?, ?> key);

    /** Sees one of the alternatives of a value; its keys follow. */
    default void alternative(String path, String meaning) {}
  }
}
