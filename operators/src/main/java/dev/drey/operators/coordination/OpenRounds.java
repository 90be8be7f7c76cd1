package dev.drey.operators.coordination;

/**
 * The rounds that a run waits for.
 *
 * @param version the last complete version; -1 before the first, and after a failure
 * @param out rounds that were admitted and are not finished
 * @param awaited rounds that were asked for and not admitted yet
 */
record OpenRounds(long version, long out, int awaited) {

  static final OpenRounds NOTHING = new OpenRounds(-1, 0, 0);

  boolean idle() {
    return out == 0 && awaited == 0;
  }

  @Override
  public String toString() {
    return (version < 0 ? "no version is complete, " : "version " + version + " is complete, ")
        + out
        + " rounds are out and "
        + awaited
        + " more are awaited";
  }
}
