package dev.drey.core.record;

import java.io.Serializable;
import java.util.List;

/**
 * Where in a record a field lies: names from the outside in, joined by dots, as {@code
 * flight.delay}. A number stands for a place in an array, from 0.
 *
 * @param text as it is written
 */
public record FieldPath(String text) implements Serializable {

  private static final long serialVersionUID = 1L;

  /** The most characters, which bounds the depth too. */
  public static final int MAX_LENGTH = 1000;

  public FieldPath {
    if (text.isEmpty() || text.length() > MAX_LENGTH) {
      throw new IllegalArgumentException(
          "a field's name has " + text.length() + " characters, must have 1 to " + MAX_LENGTH);
    }
    if (names(text).contains("")) {
      throw new IllegalArgumentException("field \"" + text + "\" has an empty name between dots");
    }
  }

  /** The names from the outside in. */
  public List<String> names() {
    return names(text);
  }

  private static List<String> names(String text) {
    return List.of(text.split("\\.", -1));
  }

  @Override
  public String toString() {
    return text;
  }
}
