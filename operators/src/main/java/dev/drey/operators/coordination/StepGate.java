package dev.drey.operators.coordination;

import dev.drey.core.aggregation.PartialSum.Round;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** Asks whether a round may go out. */
public interface StepGate {

  /** Completed, on any thread, once the round may go out or never will. */
  CompletableFuture<Admission> await(Round round);

  /** An async function that asks. */
  interface User {
    /**
     * Called once, before the function is opened.
     *
     * @param failJob ends the job for good: another start of it would only fail again
     */
    void connect(StepGate gate, Consumer<Throwable> failJob);
  }
}
