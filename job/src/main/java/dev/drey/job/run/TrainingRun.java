package dev.drey.job.run;

/** Trains: the whole loop, from prepared data to a saved model. */
@FunctionalInterface
public interface TrainingRun {

  /**
   * Trains to the last step, until the budget is spent, or until {@code stop} is requested; saves
   * the model and the summary to the run's directory in each of these cases. A run that was killed
   * behind its last step is only finished.
   *
   * @param listener called by one thread at a time
   * @param stop set by the user
   * @return once the model is saved and everything that was started is stopped
   * @throws RunFailedException if there is no model
   */
  Outcome run(PreparedRun run, ProgressListener listener, StopSignal stop)
      throws RunFailedException;
}
