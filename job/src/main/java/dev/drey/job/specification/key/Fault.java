package dev.drey.job.specification.key;

/**
 * One thing that is wrong with a specification.
 *
 * @param place of the value
 * @param problem what is wrong, the value and the limit: "is 0, must be at least 1"
 */
public record Fault(Place place, String problem) {

  public static Fault of(String path, String problem) {
    return new Fault(new Place(path, 0), problem);
  }

  /** The line that a user reads: {@code training.epochs: is 0, must be at least 1 (line 7)}. */
  @Override
  public String toString() {
    return (place.path().isEmpty() ? "" : place.path() + ": ")
        + problem
        + (place.line() > 0 ? " (line " + place.line() + ")" : "");
  }
}
