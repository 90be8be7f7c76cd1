package dev.drey.job.cli;

/** How the process tells what became of a command. */
final class ExitCode {

  static final int DONE = 0;
  static final int FAILED = 1;
  static final int USAGE = 2;
  static final int STOPPED = 3;
  static final int INTERRUPTED = 130;

  private ExitCode() {}
}
