package dev.drey.connectors.lambda.local;

/** Describes how a process ended, in the wording of Lambda's errors. */
final class ExitStatus {

  private static final int SIGNALS = 128;

  private ExitStatus() {}

  /**
   * Describes an exit status.
   *
   * @param status in the shell's convention: 128 plus the signal's number for a process ended by a
   *     signal
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
