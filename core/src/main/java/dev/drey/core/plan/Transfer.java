package dev.drey.core.plan;

/**
 * A linear model of transfer time: t = request + bytes / rate.
 *
 * @param requestSeconds latency before the first byte, at least 0
 * @param bytesPerSecond above 0; infinite if the time does not depend on the size
 */
public record Transfer(double requestSeconds, double bytesPerSecond) {

  public Transfer {
    Check.atLeastZero("seconds of a request", requestSeconds);
    if (!(bytesPerSecond > 0)) {
      throw new IllegalArgumentException(
          "bytes per second is " + bytesPerSecond + ", must be above 0");
    }
  }

  /** A transfer that takes the same time for every size. */
  public static Transfer fixed(double seconds) {
    return new Transfer(seconds, Double.POSITIVE_INFINITY);
  }

  public double seconds(double bytes) {
    return requestSeconds + bytes / bytesPerSecond;
  }
}
