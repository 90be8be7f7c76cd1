package dev.drey.job.cli.shell;

/** How the process tells what became of a command. */
public final class ExitCode {

  public static final int DONE = 0;
  public static final int FAILED = 1;
  public static final int USAGE = 2;
  public static final int STOPPED = 3;
  public static final int INTERRUPTED = 130;

  private ExitCode() {}
}
