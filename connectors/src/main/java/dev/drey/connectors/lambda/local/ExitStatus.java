package dev.drey.connectors.lambda.local;

/** Says how a process ended, in the words of Lambda's own errors. */
final class ExitStatus {

  private static final int SIGNALS = 128;

  private ExitStatus() {}

  /**
   * The words.
   *
   * @param status as a shell has it: 128 and the signal's number for a process that a signal ended
   */
  static String describe(int status) {
    return switch (status - SIGNALS) {
      case 6 -> "signal: aborted";
      case 9 -> "signal: killed";
      case 11 -> "signal: segmentation fault";
      case 15 -> "signal: terminated";
      default -> "exit status " + status;
    };
  }
}
