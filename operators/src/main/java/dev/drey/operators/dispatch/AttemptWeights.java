package dev.drey.operators.dispatch;

import dev.drey.core.protocol.Weights;
import dev.drey.core.worker.WorkerException;
import java.util.concurrent.CompletableFuture;

/** The weights that attempts at the same examples are made with, one after the other. */
interface AttemptWeights {

  Weights now();

  /** Weights for another attempt. */
  CompletableFuture<Weights> after(WorkerException failure);

  /** The same for every attempt. */
  record Fixed(Weights now) implements AttemptWeights {

    @Override
    public CompletableFuture<Weights> after(WorkerException failure) {
      return CompletableFuture.completedFuture(now);
    }
  }
}
