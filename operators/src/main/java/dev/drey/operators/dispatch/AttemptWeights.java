package dev.drey.operators.dispatch;

import dev.drey.core.protocol.Weights;
import dev.drey.core.worker.WorkerException;
import java.util.concurrent.CompletableFuture;

/** The weights that successive attempts at the same examples use. */
interface AttemptWeights {

  /** The weights of the next attempt. */
  Weights now();

  /** The weights of another attempt after one that failed. */
  CompletableFuture<Weights> after(WorkerException failure);

  /** The same weights for every attempt. */
  record Fixed(Weights now) implements AttemptWeights {

    @Override
    public CompletableFuture<Weights> after(WorkerException failure) {
      return CompletableFuture.completedFuture(now);
    }
  }
}
