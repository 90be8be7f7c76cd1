package dev.drey.operators.dispatch;

import dev.drey.core.data.MiniBatch;
import dev.drey.core.worker.WorkerException;

/** A slot's mini-batch could not be computed. */
public final class SlotFailedException extends Exception {

  private static final long serialVersionUID = 1L;

  SlotFailedException(MiniBatch miniBatch, int attempts, WorkerException last) {
    super(
        miniBatch
            + " failed after "
            + attempts
            + (attempts == 1 ? " attempt: " : " attempts: ")
            + last.kind()
            + ", "
            + last.getMessage(),
        last);
  }
}
