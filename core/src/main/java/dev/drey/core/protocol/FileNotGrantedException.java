package dev.drey.core.protocol;

import java.io.IOException;
import java.io.Serial;
import java.nio.file.Path;

/**
 * Thrown for a file that a worker may not open. The message has its path and nothing else of it.
 */
public final class FileNotGrantedException extends IOException {

  @Serial private static final long serialVersionUID = 1L;

  FileNotGrantedException(Path path) {
    super(
        "this worker may not open "
            + path
            + ": it is not below a file or directory of "
            + FileGrants.VARIABLE);
  }
}
