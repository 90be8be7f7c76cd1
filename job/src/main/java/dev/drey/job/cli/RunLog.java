package dev.drey.job.cli;

import java.nio.file.Path;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LoggerContext;

/** Sends the program's log to a file of the run; log4j2.properties reads the property. */
final class RunLog {

  private static final String FILE = "drey.log.file";

  private RunLog() {}

  static void writeTo(Path file) {
    System.setProperty(FILE, file.toString());
    if (LogManager.getContext(false) instanceof LoggerContext context) {
      context.reconfigure();
    }
  }
}
