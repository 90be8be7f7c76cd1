package dev.drey.job.run;

/**
 * Flink was asked to stop the job with a savepoint: there is no model, but the run can be resumed.
 */
public final class StoppedException extends RunFailedException {

  private static final long serialVersionUID = 1L;

  private final long step;
  private final String savepoint;

  /**
   * @param step steps applied
   * @param savepoint its place, a URI
   */
  public StoppedException(long step, String savepoint) {
    super("stopped after " + step + " steps with a savepoint in " + savepoint, null);
    this.step = step;
    this.savepoint = savepoint;
  }

  /** Steps applied. */
  public long step() {
    return step;
  }

  /** The place of the savepoint, a URI. */
  public String savepoint() {
    return savepoint;
  }
}
