package dev.drey.operators.dispatch;

import dev.drey.core.data.Batch;
import dev.drey.core.worker.WorkerException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A slot's mini-batch could not be computed, and a restart of the job would not change that. */
public final class SlotFailedException extends Exception {

  private static final long serialVersionUID = 1L;

  private SlotFailedException(String message, @Nullable WorkerException last) {
    super(message, last);
  }

  /** The examples are not the cause. */
  static SlotFailedException failed(Batch miniBatch, int attempts, WorkerException last) {
    return new SlotFailedException(
        name(miniBatch) + " failed after " + count(attempts) + ": " + text(last), last);
  }

  /** The slot's time is over, and the quorum needs it. */
  static SlotFailedException refused(String lateness, Optional<WorkerException> last) {
    return new SlotFailedException(
        lateness + "; the quorum does not allow to leave its slot out", last.orElse(null));
  }

  /** The words that say that a slot's time is over. */
  static String late(
      Batch miniBatch, Duration deadline, int attempts, Optional<WorkerException> last) {
    return name(miniBatch)
        + " was not computed within "
        + deadline.toMillis() / 1000.0
        + " s, "
        + count(attempts)
        + last.map(failure -> ", the last failure: " + text(failure)).orElse("");
  }

  private static String name(Batch miniBatch) {
    return miniBatch.round()
        + ", slot "
        + miniBatch.slot()
        + " ("
        + miniBatch.count()
        + " examples)";
  }

  private static String count(int attempts) {
    return attempts + (attempts == 1 ? " attempt" : " attempts");
  }

  private static String text(WorkerException failure) {
    return failure.kind() + ", " + failure.getMessage();
  }
}
