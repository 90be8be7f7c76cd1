package dev.drey.operators.coordination;

import dev.drey.core.protocol.Weights;
import dev.drey.core.work.Round;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** Asks whether a round may go out. */
public interface StepGate {

  /** Completed, on any thread, once the round may go out or never will. */
  CompletableFuture<Admission> await(Round round);

  /**
   * Asks for weights that can be read.
   *
   * @param seen those that cannot
   * @return completed as {@link #await}, with other weights than those seen
   */
  CompletableFuture<Admission> republish(Round round, Weights seen);

  /** Whether a slot that is past its deadline may be left out of its round. */
  CompletableFuture<Boolean> leaveOut(Round round, int slot);

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
