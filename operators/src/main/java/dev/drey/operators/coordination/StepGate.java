package dev.drey.operators.coordination;

import dev.drey.core.aggregation.Tally;
import dev.drey.core.protocol.Weights;
import dev.drey.core.work.Round;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** Asks whether a round may start. */
public interface StepGate {

  /** Completed, on any thread, once the round may start or never will. */
  CompletableFuture<Admission> await(Round round);

  /**
   * Asks for weights that can be read.
   *
   * @param seen weights that cannot be read
   * @return completed as {@link #await}, with other weights
   */
  CompletableFuture<Admission> republish(Round round, Weights seen);

  /** Whether a slot that is past its deadline may be left out of its round. */
  CompletableFuture<Boolean> leaveOut(Round round, int slot);

  /**
   * Completed, on any thread, once the steps in progress are given up: their slots put out nothing,
   * and the run ends. Fails when the job is restarted.
   */
  CompletableFuture<Void> givenUp();

  /**
   * Adds invocations that are in no slot's sum to the run's bill, without waiting.
   *
   * @param cost invocations, cold starts and billed time
   */
  void pay(Tally cost);

  /** An async function that asks. */
  interface User {
    /**
     * Called once, before the function is opened.
     *
     * @param failJob ends the job without a restart, which would only fail again
     */
    void connect(StepGate gate, Consumer<Throwable> failJob);
  }
}
