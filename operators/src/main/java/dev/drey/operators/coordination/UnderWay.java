package dev.drey.operators.coordination;

/**
 * What a run waits for.
 *
 * @param version the last complete one; -1 before the first, and after a failure
 * @param out rounds that were admitted and have not come back
 * @param awaited rounds that are not admitted yet
 */
record UnderWay(long version, long out, int awaited) {

  static final UnderWay NOTHING = new UnderWay(-1, 0, 0);

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
