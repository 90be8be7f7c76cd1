package dev.drey.connectors.lambda;

import dev.drey.core.worker.Bill;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads an invocation's bill from the REPORT line of its log. */
final class BillReader {

  private static final Pattern REPORT =
      Pattern.compile(
          "^REPORT RequestId: \\S+\\s.*?Billed Duration: (\\d{1,9}) ms(.*)$", Pattern.MULTILINE);
  private static final String COLD = "Init Duration:";

  private BillReader() {}

  /**
   * Reads the bill.
   *
   * @param logTail the last 4 KB of the log in base64, as Invoke returns it; null if there is none
   * @return empty if the log has no REPORT line
   */
  static Optional<Bill> read(@Nullable String logTail) {
    if (logTail == null) {
      return Optional.empty();
    }
    String log;
    try {
      log = new String(Base64.getDecoder().decode(logTail), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
    Optional<Bill> last = Optional.empty();
    Matcher matcher = REPORT.matcher(log);
    while (matcher.find()) { // the function itself may print such a line; the service's is the last
      boolean cold = matcher.group(2).contains(COLD);
      last = Optional.of(new Bill(Long.parseLong(matcher.group(1)), cold));
    }
    return last;
  }
}
