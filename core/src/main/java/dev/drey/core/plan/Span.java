package dev.drey.core.plan;

/**
 * A range of whole numbers, both ends included.
 *
 * @param least at least 1
 * @param most at least {@code least}
 */
public record Span(int least, int most) {

  public Span {
    if (least < 1 || most < least) {
      throw new IllegalArgumentException(
          "the range " + least + " to " + most + " must start at 1 or above, and not end before");
    }
  }

  /** The range of one number. */
  public static Span only(int number) {
    return new Span(number, number);
  }

  @Override
  public String toString() {
    return least == most ? String.valueOf(least) : least + " to " + most;
  }
}
