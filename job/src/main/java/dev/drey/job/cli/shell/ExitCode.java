package dev.drey.job.cli.shell;

/** The exit codes of the process, by a command's result. */
public final class ExitCode {

  public static final int DONE = 0;
  public static final int FAILED = 1;
  public static final int USAGE = 2;
  public static final int STOPPED = 3;
  public static final int INTERRUPTED = 130;

  private ExitCode() {}
}
