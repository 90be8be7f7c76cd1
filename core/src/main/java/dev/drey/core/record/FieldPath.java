package dev.drey.core.record;

import java.io.Serializable;
import java.util.List;

/**
 * The path of a field in a record: names from the outermost in, joined by dots, such as {@code
 * flight.delay}. A number is an index into an array, from 0.
 *
 * @param text the path as written in the specification
 */
public record FieldPath(String text) implements Serializable {

  private static final long serialVersionUID = 1L;

  /** The most characters of a path; this bounds its depth too. */
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

  /** The names from the outermost in. */
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
