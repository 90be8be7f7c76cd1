package dev.drey.operators.coordination;

import dev.drey.core.aggregation.PartialSum.Round;
import java.util.concurrent.CompletableFuture;

/** Asks whether a round may go out. */
public interface StepGate {

  /** Completed, on any thread, once the round may go out or never will. */
  CompletableFuture<Admission> await(Round round);

  /** An async function that asks. */
  interface User {
    /** Called once, before the function is opened. */
    void connect(StepGate gate);
  }
}
