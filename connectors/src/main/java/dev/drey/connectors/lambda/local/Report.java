package dev.drey.connectors.lambda.local;

import java.util.Locale;

/**
 * The REPORT line of an invocation, which Lambda writes at the end of its log.
 *
 * @param requestId id of the invocation
 * @param durationMillis from the delivery of the request to the worker until its response,
 *     milliseconds
 * @param initMillis from the start of the worker's process to its first poll, milliseconds; 0
 *     unless this is the worker's first invocation
 * @param memoryMb the function's memory size, MB
 * @param usedMb peak resident memory of the worker so far, MB
 * @param status "timeout" or "error" for a failed invocation, else ""
 */
record Report(
    String requestId,
    double durationMillis,
    double initMillis,
    int memoryMb,
    long usedMb,
    String status) {

  /**
   * Billed milliseconds, rounded up; initialisation is billed with the worker's first invocation.
   */
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
