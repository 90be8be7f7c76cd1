package dev.drey.core.record;

/** How values of records are shown in errors. */
public final class Shown {

  /** Characters that are shown of one value. */
  public static final int MOST = 100;

  private Shown() {}

  /** The text in one line, cut to {@link #MOST} characters. */
  public static String cut(String text) {
    String cut = text.length() > MOST ? text.substring(0, MOST) + "..." : text;
    StringBuilder line = new StringBuilder(cut.length());
    cut.chars().forEach(c -> line.append(Character.isISOControl(c) ? ' ' : (char) c));
    return line.toString();
  }
}
