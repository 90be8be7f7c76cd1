package dev.drey.job.run;

/** Trains: the whole loop, from prepared data to a saved model. */
@FunctionalInterface
public interface TrainingRun {

  /**
   * Runs to the end, to the budget, or to the next step after {@code stop} is requested; saves the
   * model to the run's directory in each of these cases.
   *
   * @param run what to do
   * @param listener is told of the progress, one call at a time
   * @param stop the user's wish to stop
   * @return once the model is saved and everything that was started is stopped
   * @throws RunFailedException if there is no model
   */
  Outcome run(PreparedRun run, ProgressListener listener, StopSignal stop)
      throws RunFailedException;
}
