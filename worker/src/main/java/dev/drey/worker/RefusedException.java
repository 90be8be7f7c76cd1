package dev.drey.worker;

import dev.drey.core.protocol.WorkAnswer;
import java.io.IOException;
import java.nio.file.FileSystemException;

/** A request will not be served. The message says what, value and limit. */
final class RefusedException extends Exception {

  private static final long serialVersionUID = 1L;

  private final WorkAnswer.Reason reason;

  RefusedException(WorkAnswer.Reason reason, String message) {
    super(message, null, false, false); // no stack trace: it becomes an answer
    this.reason = reason;
  }

  /**
   * Refuses because of a failed read or write.
   *
   * @param what what was wanted, which the message starts with
   */
  static RefusedException because(WorkAnswer.Reason reason, String what, IOException e) {
    // The message of a file system's exception may be the path alone.
    String kind = e instanceof FileSystemException ? e.getClass().getSimpleName() + ": " : "";
    return new RefusedException(reason, what + ": " + kind + e.getMessage());
  }

  WorkAnswer.Refused answer() {
    return new WorkAnswer.Refused(reason, String.valueOf(getMessage()));
  }
}
