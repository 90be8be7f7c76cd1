package dev.drey.worker;

import dev.drey.core.protocol.FileNotGrantedException;
import dev.drey.core.protocol.WorkAnswer;
import dev.drey.core.protocol.WorkAnswer.Reason;
import java.io.IOException;
import java.nio.file.FileSystemException;

/** Thrown when a request is refused; the message names the value and the limit that it violates. */
final class RefusedException extends Exception {

  private static final long serialVersionUID = 1L;

  private final WorkAnswer.Reason reason;

  RefusedException(WorkAnswer.Reason reason, String message) {
    super(message, null, false, false); // no stack trace: it only becomes an answer
    this.reason = reason;
  }

  /**
   * A refusal caused by a failed read or write. A file that this worker may not open is the fault
   * of the request, whatever the file is for.
   *
   * @param reason of other failures
   * @param what what was read or written; the message starts with it
   */
  static RefusedException because(WorkAnswer.Reason reason, String what, IOException e) {
    // The message of a FileSystemException may be the path alone.
    String kind = e instanceof FileSystemException ? e.getClass().getSimpleName() + ": " : "";
    Reason classed = e instanceof FileNotGrantedException ? Reason.BAD_REQUEST : reason;
    return new RefusedException(classed, what + ": " + kind + e.getMessage());
  }

  WorkAnswer.Refused answer() {
    return new WorkAnswer.Refused(reason, String.valueOf(getMessage()));
  }
}
