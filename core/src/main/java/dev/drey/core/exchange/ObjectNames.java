package dev.drey.core.exchange;

import java.util.UUID;
import java.util.regex.Pattern;

/** Names of objects, for implementations of {@link Store}. */
public final class ObjectNames {

  private static final Pattern VALID = Pattern.compile("[A-Za-z0-9._-]{1,100}");

  private ObjectNames() {}

  /**
   * A name that begins with this one and that no other object has.
   *
   * @throws IllegalArgumentException if the name is not valid
   */
  public static String unique(String name) {
    return valid(name) + "-" + UUID.randomUUID();
  }

  /**
   * The name, or the prefix of one, if every store can hold it.
   *
   * @throws IllegalArgumentException if not
   */
  public static String valid(String name) {
    if (!VALID.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "object name is \"" + name + "\", must be 1 to 100 letters, digits, ., - or _");
    }
    return name;
  }
}
