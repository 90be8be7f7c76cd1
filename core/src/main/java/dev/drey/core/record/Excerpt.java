package dev.drey.core.record;

/** Excerpts of a record's values for error messages. */
public final class Excerpt {

  /** Most characters of an excerpt. */
  public static final int MAX_LENGTH = 100;

  private Excerpt() {}

  /** The text on one line, truncated to {@link #MAX_LENGTH} characters. */
  public static String of(String text) {
    String cut = text.length() > MAX_LENGTH ? text.substring(0, MAX_LENGTH) + "..." : text;
    StringBuilder line = new StringBuilder(cut.length());
    cut.chars().forEach(c -> line.append(Character.isISOControl(c) ? ' ' : (char) c));
    return line.toString();
  }
}
