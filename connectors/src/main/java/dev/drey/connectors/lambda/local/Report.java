package dev.drey.connectors.lambda.local;

import java.util.Locale;

/**
 * What one invocation took, as Lambda writes it at the end of an invocation's log.
 *
 * @param requestId the invocation
 * @param durationMillis from the worker's taking the request to its answer, milliseconds
 * @param initMillis from the start of the worker's process to its first call for work,
 *     milliseconds; 0 unless this is the worker's first invocation
 * @param memoryMb the function's memory size, MB
 * @param usedMb the worker's highest resident memory so far, MB
 * @param status how the line ends for an invocation without an answer ("timeout", "error"), or ""
 */
record Report(
    String requestId,
    double durationMillis,
    double initMillis,
    int memoryMb,
    long usedMb,
    String status) {

  /** Whole milliseconds, rounded up; the start of a worker is billed with its first invocation. */
  long billedMillis() {
    return (long) Math.ceil(durationMillis + initMillis);
  }

  String line() {
    StringBuilder line = new StringBuilder(200);
    line.append("REPORT RequestId: ").append(requestId);
    line.append(String.format(Locale.ROOT, "\tDuration: %.2f ms", durationMillis));
    line.append("\tBilled Duration: ").append(billedMillis()).append(" ms");
    line.append("\tMemory Size: ").append(memoryMb).append(" MB");
    line.append("\tMax Memory Used: ").append(usedMb).append(" MB");
    if (initMillis > 0) {
      line.append(String.format(Locale.ROOT, "\tInit Duration: %.2f ms", initMillis));
    }
    if (!status.isEmpty()) {
      line.append("\tStatus: ").append(status);
    }
    return line.append("\t\n").toString();
  }
}
