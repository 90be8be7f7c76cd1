package dev.drey.core.record;

/** How values of records are shown in errors. */
public final class Excerpt {

  /** Characters that are shown of one value. */
  public static final int MAX_LENGTH = 100;

  private Excerpt() {}

  /** The text in one line, cut to {@link #MAX_LENGTH} characters. */
  public static String of(String text) {
    String cut = text.length() > MAX_LENGTH ? text.substring(0, MAX_LENGTH) + "..." : text;
    StringBuilder line = new StringBuilder(cut.length());
    cut.chars().forEach(c -> line.append(Character.isISOControl(c) ? ' ' : (char) c));
    return line.toString();
  }
}
